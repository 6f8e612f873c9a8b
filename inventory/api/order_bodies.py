"""Purchase orders as the API takes and shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from inventory.api.supplier_bodies import TheirCode
from pantrypal.core.api.bodies import Answer, Body, Code

Note = Annotated[str, Meta(max_length=500)]
Reason = Annotated[str, Meta(min_length=1, max_length=200)]


class OrderLineBody(Body):
    """`packs` packs of `pack` pieces; what is left out is as the supplier's price list has it."""

    product: UUID
    packs: Decimal
    pack: Decimal | None = None
    pack_price: Decimal | None = None
    supplier_code: TheirCode = ""


class OrderBody(Body):
    store: Code
    supplier: UUID
    lines: Annotated[tuple[OrderLineBody, ...], Meta(min_length=1, max_length=500)]
    expected_on: date | None = None
    note: Note = ""


class ReasonBody(Body):
    reason: Reason


class OrderLineAnswer(Answer):
    """`ordered`, `received` and `outstanding` count pieces."""

    product: UUID
    supplier_code: str
    packs: Decimal
    pack: Decimal
    pack_price: Decimal
    amount: Decimal
    ordered: Decimal
    received: Decimal
    outstanding: Decimal


class OrderAnswer(Answer):
    id: UUID
    number: str
    status: str
    store: str
    supplier: UUID
    expected_on: date | None
    note: str
    currency: str
    total: Decimal
    made_by: str
    made_at: datetime
    sent_at: datetime | None
    sent_to: str
    end_reason: str
    lines: list[OrderLineAnswer]
