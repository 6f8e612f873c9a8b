"""Promotions and coupons."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from pantrypal.core.api.bodies import Answer, Body, Code, Name

Kind = Literal["percent", "amount", "fixed_price", "buy_get", "any_for", "bill_amount"]
Role = Literal["on", "reward", "except"]
Stores = Annotated[tuple[Code, ...], Meta(max_length=500)]
Days = Annotated[tuple[Annotated[int, Meta(ge=0, le=6)], ...], Meta(max_length=7)]
CouponCode = Annotated[str, Meta(min_length=1, max_length=40)]
Pieces = Annotated[int, Meta(ge=1, le=999)]
Priority = Annotated[int, Meta(ge=-32000, le=32000)]


class TargetBody(Body):
    """Goods a promotion is about: one of product, category (with all that lies in it) and brand, by id.

    `on`: it is for these (none: all goods); `reward`: a `buy_get` gives these; `except`: not these.
    """

    role: Role = "on"
    product: UUID | None = None
    category: UUID | None = None
    brand: UUID | None = None


Targets = Annotated[tuple[TargetBody, ...], Meta(max_length=1000)]


class PromotionBody(Body):
    """`percent`: off, for `percent`; off the pieces one gets, for `buy_get` (100 is free). `amount`: off each piece
    (`amount`), off the bill (`bill_amount`), the price each (`fixed_price`) or of `buy` pieces (`any_for`).

    `hours_from` and `hours_until` are by the store's clock and may go over midnight; `days`: 0 is Monday.
    """

    name: Name
    kind: Kind
    percent: Decimal | None = None
    amount: Decimal | None = None
    buy: Pieces | None = None
    get: Pieces | None = None
    least_spend: Decimal | None = None
    most_times: Pieces | None = None
    priority: Priority = 0
    stackable: bool = False
    needs_coupon: bool = False
    stores: Stores = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    days: Days = ()
    hours_from: time | None = None
    hours_until: time | None = None
    targets: Targets = ()


class PromotionChanges(Body):
    """`targets`, where given, are all it is to have. `active`: false ends it, true takes it up again."""

    name: Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    percent: Decimal | UnsetType | None = UNSET
    amount: Decimal | UnsetType | None = UNSET
    buy: Pieces | UnsetType | None = UNSET
    get: Pieces | UnsetType | None = UNSET
    least_spend: Decimal | UnsetType | None = UNSET
    most_times: Pieces | UnsetType | None = UNSET
    priority: Priority | UnsetType = UNSET
    stackable: bool | UnsetType = UNSET
    needs_coupon: bool | UnsetType = UNSET
    stores: Stores | UnsetType = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET
    days: Days | UnsetType = UNSET
    hours_from: time | UnsetType | None = UNSET
    hours_until: time | UnsetType | None = UNSET
    targets: Targets | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class TargetAnswer(Answer):
    role: str
    product: UUID | None
    category: UUID | None
    brand: UUID | None


class PromotionAnswer(Answer):
    """A promotion; `effect` says in words what it does, `stores` are codes, none means all."""

    id: UUID
    name: str
    kind: str
    effect: str
    percent: Decimal | None
    amount: Decimal | None
    buy: int | None
    get: int | None
    least_spend: Decimal | None
    most_times: int | None
    priority: int
    stackable: bool
    needs_coupon: bool
    stores: list[str]
    starts_at: datetime | None
    ends_at: datetime | None
    days: list[int]
    hours_from: time | None
    hours_until: time | None
    targets: list[TargetAnswer]
    active: bool
    updated_at: datetime


class CouponBody(Body):
    """A code with how often it may be used; without `most_uses` as often as one likes."""

    code: CouponCode
    most_uses: Annotated[int, Meta(ge=1, le=10_000_000)] | None = None


class CouponsBody(Body):
    """Either `codes`, or `count` codes made up for one use each, beginning with `prefix`."""

    codes: Annotated[tuple[CouponBody, ...], Meta(max_length=1000)] = ()
    count: Annotated[int, Meta(ge=1, le=5000)] | None = None
    prefix: Annotated[str, Meta(max_length=12)] = ""


class CouponAnswer(Answer):
    id: UUID
    code: str
    most_uses: int | None
    used: int


class CouponsAnswer(Answer):
    coupons: list[CouponAnswer]
