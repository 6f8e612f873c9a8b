"""Cards of the home page: how the day goes, and which drawers are open."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from billing.reports.today import Day, day_so_far, open_shifts
from pantrypal.core.access import Permission
from pantrypal.core.admin import Card, site
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.charts import bar_chart
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.templatetags.pantrypal import money

SHOP_HOURS = range(8, 21)
WEEK = 7


def _stores(request: OrgRequest) -> list[Store]:
    return [store for store in stores_of(request).values() if store.archived_at is None]


def _today(request: OrgRequest) -> dict[str, Any]:
    stores, now = _stores(request), timezone.now()
    today, last_week = day_so_far(stores, now), day_so_far(stores, now, days_ago=WEEK)
    currency = request.org.currency
    return {"day": today, "last_week": last_week, "currency": currency, "chart": bar_chart(_hours(today, currency))}


def _hours(day: Day, currency: str) -> list[tuple[str, Any, str]]:
    """The usual hours of a shop, and whatever was sold outside them."""
    hours = sorted({*SHOP_HOURS, *day.by_hour})
    sums = [(hour, day.by_hour.get(hour, ZERO)) for hour in hours]
    return [(f"{hour:02}", sold, money(sold, currency)) for hour, sold in sums]


def _shifts(request: OrgRequest) -> dict[str, Any]:
    stores = stores_of(request)
    shifts = open_shifts(_stores(request))
    return {"shifts": [(shift, stores[shift.store_id]) for shift in shifts]}


site.add_card(Card(30, "billing/admin/_today.html", _today, Permission.BILLS_VIEW, wide=True))
site.add_card(Card(40, "billing/admin/_open_shifts.html", _shifts, Permission.BILLS_VIEW))
