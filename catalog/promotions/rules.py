"""What the engine knows of a promotion, of a cart and of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pantrypal.core.money import ZERO

NOTHING: frozenset[UUID] = frozenset()


class Kind(StrEnum):
    PERCENT = "percent"  # `percent` off
    AMOUNT = "amount"  # `amount` off each piece, kilogram or litre
    FIXED_PRICE = "fixed_price"  # `amount` for each piece, kilogram or litre
    BUY_GET = "buy_get"  # of `buy` + `get` pieces the cheapest `get` are `percent` off
    ANY_FOR = "any_for"  # any `buy` pieces for `amount` together
    BILL_AMOUNT = "bill_amount"  # `amount` off its goods together, once


# These count pieces and make groups of them.
GROUPING = frozenset({Kind.BUY_GET, Kind.ANY_FOR})


@dataclass(frozen=True, slots=True)
class Rule:
    """A promotion. Amounts are money of the organization, `percent` is 100 for free.

    `targets`, `rewards` and `excluded` hold ids of products, brands and categories; no targets means all goods.
    `rewards`: what a BUY_GET gives where it is not the goods bought. `least_spend` is of its goods at shelf prices.
    `most_times`: how many pieces (or groups of them) of one bill have it; 0 for no limit. Higher `priority` first.
    """

    id: UUID
    name: str
    kind: Kind
    percent: Decimal = ZERO
    amount: Decimal = ZERO
    buy: int = 0
    get: int = 0
    targets: frozenset[UUID] = NOTHING
    rewards: frozenset[UUID] = NOTHING
    excluded: frozenset[UUID] = NOTHING
    least_spend: Decimal = ZERO
    most_times: int = 0
    priority: int = 0
    stackable: bool = False
    needs_coupon: bool = False
    stores: frozenset[UUID] = NOTHING
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    days: frozenset[int] = frozenset()  # 0 is Monday; none means every day
    hours: tuple[time, time] | None = None  # from, until, by the store's clock; may go over midnight

    @property
    def rank(self) -> tuple[int, str]:
        """Which one comes first, whatever the order they were read in."""
        return -self.priority, str(self.id)

    def covers(self, groups: frozenset[UUID]) -> bool:
        """Whether goods of these groups are among its targets."""
        return (not self.targets or not self.targets.isdisjoint(groups)) and self.excluded.isdisjoint(groups)

    def rewards_with(self, groups: frozenset[UUID]) -> bool:
        return not self.rewards.isdisjoint(groups) and self.excluded.isdisjoint(groups)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a cart. `groups` holds the product's own id, its brand's and those of its categories upwards.

    `gross` is the line at shelf price. Packs (a case of 12) have a price of their own, and weighed goods no
    pieces: neither is counted for groups of pieces, and packs have no amount off each piece.
    """

    product: UUID
    groups: frozenset[UUID]
    quantity: Decimal
    unit_price: Decimal
    gross: Decimal
    is_weighed: bool = False
    is_pack: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when something is bought, and what the buyer brings: `coupons` are codes by promotion.

    `moment` is in the store's own zone: days and hours are read off it.
    """

    store: UUID
    moment: datetime
    coupons: Mapping[UUID, str] = field(default_factory=dict)
