"""Prices and price lists."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Code, Name

Stores = Annotated[tuple[Code, ...], Meta(max_length=500)]


class PriceBody(Body):
    """What a product is to cost: everywhere, or in one `store`, or in a `price_list`.

    `valid_from` is a moment to come; without it, now. A `price` of null ends the store's or the list's own price.
    """

    product: UUID
    price: Decimal | None
    store: Code | None = None
    price_list: UUID | None = None
    valid_from: datetime | None = None


class PriceAnswer(Answer):
    """`was` is the price before, for the product's own price. `noted_by` is empty where nobody's name was kept."""

    id: UUID
    product: UUID
    store: str | None
    price_list: UUID | None
    price: Decimal | None
    was: Decimal | None
    valid_from: datetime
    noted_at: datetime
    noted_by: str


class PriceListBody(Body):
    name: Name
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    stores: Stores = ()


class PriceListChanges(Body):
    name: Name | UnsetType = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET
    stores: Stores | UnsetType = UNSET


class PriceListAnswer(Answer):
    id: UUID
    name: str
    starts_at: datetime | None
    ends_at: datetime | None
    stores: list[str]
    updated_at: datetime
