"""Stock as the API takes and shows it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from pantrypal.core.api.bodies import Answer, Body, Code, Text


class StockAnswer(Answer):
    store: str
    product: UUID
    sku: str
    lot: str | None
    expires_on: date | None
    on_hand: Decimal
    average_cost: Decimal


class StockMoveAnswer(Answer):
    id: UUID
    store: str
    product: UUID
    lot: str | None
    quantity: Decimal
    unit_cost: Decimal
    kind: str
    document_type: str
    document: UUID
    reason: str
    actor: str
    at: datetime


class AdjustmentLineBody(Body):
    """`quantity` is signed: what to add or to take away. `product` is an id, `lot` a lot number.

    `kind` says what goods are written off for; a correction needs a `reason` in words.
    """

    product: UUID
    quantity: Decimal
    reason: Text = ""
    kind: Literal["adjustment", "damage", "expiry", "theft", "own_use"] = "adjustment"
    lot: Code | None = None
    unit_cost: Decimal | None = None


class AdjustmentBody(Body):
    store: Code
    lines: Annotated[tuple[AdjustmentLineBody, ...], Meta(min_length=1, max_length=500)]
    note: Text = ""


class AdjustmentAnswer(Answer):
    id: UUID
    store: str
    stock: list[StockAnswer]


class AdjustedLineAnswer(Answer):
    product: UUID
    lot: str | None
    quantity: Decimal
    kind: str
    reason: str


class PostedAdjustment(Answer):
    """`quantity` of each line is signed: what was added or taken away."""

    id: UUID
    store: str
    note: str
    actor: str
    at: datetime
    lines: list[AdjustedLineAnswer]
