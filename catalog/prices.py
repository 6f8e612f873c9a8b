"""Which of its prices a product has: pure, with the sentence why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ListRule:
    """A price list: when and where it holds."""

    id: UUID
    name: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    stores: frozenset[UUID] = frozenset()

    def holds(self, store: UUID, at: datetime) -> bool:
        return (
            (not self.stores or store in self.stores)
            and (self.starts_at is None or at >= self.starts_at)
            and (self.ends_at is None or at < self.ends_at)
        )


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price that has begun: everywhere, in the store asked for, or in a list. None: it has ended."""

    price: Decimal | None
    store: UUID | None = None
    price_list: UUID | None = None


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of one unit, and why it is not the usual one; empty where it is."""

    amount: Decimal
    why: str = ""


def unit_price(usual: Decimal | None, rows: Iterable[PriceRow], lists: Sequence[ListRule]) -> UnitPrice | None:
    """The product's own price; the store's instead of it; and in the place of either the lowest of the lists that
    hold. `usual` is what the product's row says, `lists` are those that hold here and now. None: there is no price."""
    chosen, own, listed = None if usual is None else UnitPrice(usual), None, []
    names = {rule.id: rule.name for rule in lists}
    for row in rows:
        if row.price is None:
            continue
        if row.price_list is not None:
            if row.price_list in names:
                listed.append((row.price, names[row.price_list]))
        elif row.store is not None:
            own = UnitPrice(row.price, _("Price of this store"))
        else:
            chosen = UnitPrice(row.price)
    if listed:
        price, name = min(listed)
        return UnitPrice(price, _("Price list “%s”") % name)
    return own or chosen


def at_most(price: UnitPrice, ceiling: Decimal | None) -> UnitPrice:
    """Not above the MRP that a pack in the store bears, however high the price is."""
    if ceiling is None or price.amount <= ceiling:
        return price
    return UnitPrice(ceiling, _("MRP of %s on packs in this store") % format(ceiling, "f"))
