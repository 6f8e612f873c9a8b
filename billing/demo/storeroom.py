"""Goods of the demo come in: opening stock, deliveries in lots, and what has gone off is thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from billing.demo.goods import Good
from inventory.models import Lot, StockLevel, StockMove
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.operations.stock import Goods, Source, add_stock
from pantrypal.core.actor import Actor
from pantrypal.core.models import Store
from pantrypal.tenancy.ids import uuid7

RESTOCKED_EVERY = 7
STAPLES = (36, 90)  # the least and the most that is bought at once
LOOSE = (30, 60)
PERISHABLE_A_DAY = 7


class Storeroom:
    """Of one store. `clerk` is who receives the goods."""

    def __init__(self, store: Store, goods: Sequence[Good], clerk: Actor, chance: Random) -> None:
        self.store, self.goods, self.clerk, self.chance = store, goods, clerk, chance

    def open(self, at: datetime) -> None:
        """What was there before the first sale; perishables come with the deliveries."""
        lasting = [good for good in self.goods if good.shelf_days is None]
        self._add(StockMove.Kind.OPENING, "opening", [self._some(good) for good in lasting], at)

    def deliver(self, day_number: int, at: datetime) -> None:
        """The morning's delivery: perishables that are due, and once a week some of everything else."""
        today = self.store.document_date(at)
        due = [good for good in self.goods if good.shelf_days and day_number % _interval(good) == 0]
        coming = [self._lot(good, today) for good in due]
        if day_number and day_number % RESTOCKED_EVERY == 0:
            lasting = [good for good in self.goods if good.shelf_days is None]
            coming += [self._some(good) for good in self.chance.sample(lasting, len(lasting) // 2)]
        self._add(StockMove.Kind.RECEIPT, "delivery", coming, at)

    def throw_away_expired(self, at: datetime) -> None:
        today = self.store.document_date(at)
        levels = StockLevel.objects.filter(store_id=self.store.pk, on_hand__gt=0, lot__expires_on__lt=today)
        gone = [
            Adjustment(level.product_id, -level.on_hand, "Past its date", level.lot_id, kind=StockMove.Kind.EXPIRY)
            for level in levels
        ]
        if gone:
            adjust_stock(gone, store=self.store, actor=self.clerk, at=at, note="Evening round")

    def _add(self, kind: StockMove.Kind, document: str, goods: Iterable[Goods], at: datetime) -> None:
        if coming := list(goods):
            add_stock(coming, store=self.store.pk, kind=kind, source=Source(document, uuid7(), self.clerk.label, at))

    def _some(self, good: Good) -> Goods:
        least, most = LOOSE if good.product.unit == "kg" else STAPLES
        return Goods(good.product.pk, Decimal(self.chance.randrange(least, most, 6)), None, good.product.cost)

    def _lot(self, good: Good, today: date) -> Goods:
        assert good.shelf_days is not None
        lot, _made = Lot.objects.get_or_create(
            product=good.product,
            code=f"{today:%y%m%d}",
            defaults={
                "manufactured_on": today - timedelta(days=1),
                "expires_on": today + timedelta(days=good.shelf_days),
                "mrp": good.product.mrp,
            },
        )
        quantity = PERISHABLE_A_DAY * _interval(good) + self.chance.randrange(6)
        return Goods(good.product.pk, Decimal(quantity), lot.pk, good.product.cost)


def _interval(good: Good) -> int:
    """Days between two deliveries: half of the shelf life, three weeks at most."""
    return max(1, min((good.shelf_days or 0) // 2, 21))
