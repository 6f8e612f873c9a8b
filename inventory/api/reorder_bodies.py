"""What to order, and the rules behind it, as the API takes and shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from inventory.api.order_bodies import OrderAnswer
from pantrypal.core.api.bodies import Answer, Body, Code


class SuggestionAnswer(Answer):
    """Quantities in pieces, but for `packs` of `pack` pieces. `then` is what will be there when an order of today
    comes; `supplier` null: nobody has priced it, so no order is drafted. `arithmetic` says all of it in a sentence.
    """

    product: UUID
    sku: str
    name: str
    supplier: UUID | None
    supplier_name: str
    on_hand: Decimal
    on_order: Decimal
    in_transit: Decimal
    sold: Decimal
    per_day: Decimal
    lead_days: int
    then: Decimal
    reorder_point: Decimal
    target: Decimal
    pack: Decimal
    packs: Decimal
    quantity: Decimal
    arithmetic: str


class ChosenBody(Body):
    product: UUID
    packs: Decimal


class DraftOrdersBody(Body):
    """Without `lines`, everything that is due."""

    store: Code
    lines: Annotated[tuple[ChosenBody, ...], Meta(max_length=500)] = ()


class DraftedAnswer(Answer):
    """One draft for each supplier."""

    orders: list[OrderAnswer]


class RuleBody(Body):
    """Order when `reorder_point` or less is left, up to `target`, in whole packs of `pack` pieces. Without a
    `supplier`, from whoever asked a price last.
    """

    store: Code
    product: UUID
    reorder_point: Decimal
    target: Decimal
    pack: Decimal = Decimal(1)
    supplier: UUID | None = None


class RuleChanges(Body):
    """Only what is named is changed."""

    reorder_point: Decimal | UnsetType = UNSET
    target: Decimal | UnsetType = UNSET
    pack: Decimal | UnsetType = UNSET
    supplier: UUID | UnsetType | None = UNSET


class RuleAnswer(Answer):
    id: UUID
    store: str
    product: UUID
    reorder_point: Decimal
    target: Decimal
    pack: Decimal
    supplier: UUID | None
