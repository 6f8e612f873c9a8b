"""Which business date and which fiscal year a moment belongs to, in the store's own time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=128)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_date(at: datetime, time_zone: str) -> date:
    """The calendar day in the store: what a document bears and what tax rates go by."""
    return at.astimezone(zone(time_zone)).date()


def business_date(at: datetime, time_zone: str, cutoff: time) -> date:
    """The day whose takings a moment counts into: before the cut-off it is still yesterday."""
    local = at.astimezone(zone(time_zone))
    return local.date() - timedelta(days=1) if local.time() < cutoff else local.date()


def fiscal_year(day: date, start_month: int) -> int:
    """The calendar year in which the fiscal year of `day` began (India: April)."""
    return day.year if day.month >= start_month else day.year - 1
