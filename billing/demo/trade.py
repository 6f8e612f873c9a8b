"""A few weeks of trade in a store of the demo, day by day, up to this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from billing.demo.plans import API, RegisterPlan
from billing.demo.shoppers import Shoppers
from billing.demo.storeroom import Storeroom
from billing.models import Register, Shift, ShiftTally
from billing.operations.checkout import checkout
from billing.operations.shifts import close_shift, open_shift
from billing.refusals import InsufficientStock
from pantrypal.core.actor import Actor
from pantrypal.core.business_time import zone
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO

FLOAT = Decimal(1000)
DELIVERY, OPENING, CLOSING, WRITE_OFF = time(7, 15), time(8), time(21, 30), time(21, 45)
# Bills by the hour: the morning's milk and bread, and the way home.
BUSY = {8: 2, 9: 3, 10: 2, 11: 1, 12: 1, 13: 1, 14: 1, 15: 1, 16: 1, 17: 2, 18: 3, 19: 4, 20: 2}
WEEKEND = 1.4
KEPT_FREE = "A"  # this register has no open shift today: whoever tries the demo opens it


@dataclass(slots=True)
class Counter:
    """A register with the one who stands at it."""

    plan: RegisterPlan
    register: Register
    actor: Actor
    shift: Shift | None = None


@dataclass(slots=True)
class Trade:
    store: Store
    counters: Sequence[Counter]
    storeroom: Storeroom
    shoppers: Shoppers
    chance: Random

    def run(self, days: int, now: datetime) -> None:
        """`days` whole days, and today until `now`."""
        today = self.store.document_date(now)
        self.storeroom.open(self._at(today - timedelta(days=days + 1), DELIVERY))
        for number in range(days + 1):
            day = today - timedelta(days=days - number)
            if (morning := self._at(day, DELIVERY)) <= now:
                self.storeroom.deliver(number, morning)
            self._serve(day, now)
            if (evening := self._at(day, WRITE_OFF)) <= now:
                self.storeroom.throw_away_expired(evening)

    def _serve(self, day: date, now: datetime) -> None:
        """Sales of all registers in the order of their times."""
        is_today = day == self.store.document_date(now)
        working = [x for x in self.counters if not (is_today and x.plan.code == KEPT_FREE)]
        sales = [(at, counter) for counter in working for at in self._times(counter, day) if at <= now]
        for at, counter in sorted(sales, key=lambda sale: sale[0]):
            self._open(counter, day)
            self._sell(counter, at)
        if self._at(day, CLOSING) <= now:
            for counter in working:
                self._close(counter, self._at(day, CLOSING))

    def _times(self, counter: Counter, day: date) -> list[datetime]:
        usual = counter.plan.bills_a_day * (WEEKEND if day.weekday() >= 5 else 1)
        count = max(0, round(self.chance.gauss(usual, usual / 5)))
        hours = self.chance.choices(list(BUSY), list(BUSY.values()), k=count)
        return [self._at(day, time(hour, self.chance.randrange(5, 60), self.chance.randrange(60))) for hour in hours]

    def _open(self, counter: Counter, day: date) -> None:
        if counter.shift is None and counter.plan.kind != API:
            counter.shift = open_shift(
                register=counter.register,
                store=self.store,
                opening_float=FLOAT,
                actor=counter.actor,
                at=self._at(day, OPENING),
            )

    def _sell(self, counter: Counter, at: datetime) -> None:
        try:
            with transaction.atomic():
                checkout(self.shoppers.sale(counter.register), actor=counter.actor, at=at)
        except InsufficientStock:
            pass  # the shopper goes without

    def _close(self, counter: Counter, at: datetime) -> None:
        if counter.shift is None:
            return
        cash = ShiftTally.objects.filter(shift=counter.shift, kind="payment", name="cash").first()
        expected = counter.shift.opening_float + (cash.amount if cash else ZERO)
        variance = Decimal(self.chance.choice((0, 0, 0, 0, -10, 5, -2)))
        close_shift(shift=counter.shift, counted_cash=expected + variance, actor=counter.actor, at=at)
        counter.shift = None

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, zone(self.store.time_zone))


def counters_of(
    plans: Sequence[RegisterPlan], registers: Mapping[str, Register], actors: Mapping[str, Actor]
) -> list[Counter]:
    """Registers by code, actors by e-mail."""
    return [Counter(plan, registers[plan.code], actors[plan.cashier.email]) for plan in plans]
