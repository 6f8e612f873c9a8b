"""Held carts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from billing.api.bodies.sales import Lines
from pantrypal.core.api.bodies import Answer, Body, Code


class HoldBody(Body):
    """A cart for a till to take up, such as an order to be fetched. `name` is how the cashier will know it."""

    store: Code
    register: Code
    lines: Lines
    name: Annotated[str, Meta(max_length=60)] = ""


class CartLineAnswer(Answer):
    product: UUID
    name: str
    barcode: str
    quantity: Decimal


class CartAnswer(Answer):
    """`register` is where it was held. Prices are worked out when it is taken up: `bills/quote` says them now.
    After `expires_at` it is dropped by itself."""

    id: UUID
    store: str
    register: str
    name: str
    held_by: str
    held_at: datetime | None
    expires_at: datetime | None
    customer: UUID | None
    lines: list[CartLineAnswer]
