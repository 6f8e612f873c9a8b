"""Bills with recalled goods."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from pantrypal.core.api.bodies import Answer, Body, Code


class RecalledSaleAnswer(Answer):
    """A bill line with goods of recalled lots. `quantity` is what was sold of them, `out` how much of the line has
    not come back. `obstacle` null: `POST recalls/{id}/refunds` gives the money back; else why it does not.
    """

    bill: UUID
    number: str
    store: str
    sold_at: datetime
    product: str
    lots: list[str]
    quantity: Decimal
    out: Decimal
    customer: str | None
    phone: str
    email: str
    obstacle: str | None


class RecallRefundBody(Body):
    """Money goes back as store credit, booked at this register of this store. Without `bills`, for all of them."""

    store: Code
    register: Code
    bills: Annotated[tuple[UUID, ...], Meta(max_length=5000)] = ()


class LeftBillAnswer(Answer):
    """Goods of the recall that are still out; `reason` says what to do."""

    bill: UUID
    number: str
    obstacle: str
    reason: str


class RecallRefundAnswer(Answer):
    """`bills` were paid back now."""

    bills: list[UUID]
    left: list[LeftBillAnswer]
