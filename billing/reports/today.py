"""How the day goes: what was sold since the business day began, by the hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractHour

from billing.models import Bill, CreditNote, Shift
from pantrypal.core.business_time import zone
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO


@dataclass(slots=True)
class Day:
    """Bills and what they come to, credit notes and what they gave back, and sales by the hour of the store's clock."""

    count: int = 0
    sold: Decimal = ZERO
    returned: Decimal = ZERO
    by_hour: dict[int, Decimal] = field(default_factory=dict)

    @property
    def net(self) -> Decimal:
        return self.sold - self.returned


def day_so_far(stores: Iterable[Store], at: datetime, *, days_ago: int = 0) -> Day:
    """From the beginning of each store's business day to the same time of day; `days_ago` days before `at`."""
    until = at - timedelta(days=days_ago)
    day = Day()
    for store in stores:
        _add(day, store, until)
    return day


def _add(day: Day, store: Store, until: datetime) -> None:
    clock = zone(store.time_zone)
    began = datetime.combine(store.business_date(until), store.day_cutoff, clock)
    within = {"store_id": store.pk, "finalized_at__gte": began, "finalized_at__lte": until}
    hours = Bill.objects.filter(**within).order_by().annotate(hour=ExtractHour("finalized_at", tzinfo=clock))
    for hour, count, sold in hours.values_list("hour").annotate(count=Count("pk"), sold=Sum("total")):
        day.count += count
        day.sold += sold
        day.by_hour[hour] = day.by_hour.get(hour, ZERO) + sold
    day.returned += CreditNote.objects.filter(**within).aggregate(total=Sum("total"))["total"] or ZERO


def open_shifts(stores: Iterable[Store]) -> Sequence[Shift]:
    """Drawers that somebody stands at now, the longest open first."""
    shifts = Shift.objects.filter(closed_at=None, store_id__in=[store.pk for store in stores])
    return list(shifts.select_related("register").order_by("opened_at"))
