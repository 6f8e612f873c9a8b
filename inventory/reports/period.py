"""Days of the store as spans of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from pantrypal.core.business_time import zone
from pantrypal.core.models import Store


def on_days(first: date, last: date, stores: Iterable[Store]) -> Q:
    """Rows of these stores from the first to the last day, by each store's own clock. No store: no rows."""
    found = Q(pk__in=[])
    for store in stores:
        clock = zone(store.time_zone)
        since, until = datetime.combine(first, time(), clock), datetime.combine(last + timedelta(days=1), time(), clock)
        found |= Q(store_id=store.pk, at__gte=since, at__lt=until)
    return found
