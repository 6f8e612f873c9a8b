"""What the stock asks for today, on the home page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from inventory.admin.filters import today_of
from inventory.coverage import covered
from inventory.models import StockLevel
from inventory.queries.levels import count_out_of_stock
from pantrypal.core.access import Permission
from pantrypal.core.admin import Card, site
from pantrypal.core.http import OrgRequest

SOON = timedelta(days=7)


def _today(request: OrgRequest) -> dict[str, Any]:
    today, stores = today_of(request), request.actor.stores
    levels = StockLevel.objects.filter(**covered(stores))
    in_lots = levels.filter(on_hand__gt=0, lot__isnull=False)
    address = reverse("admin:inventory_stocklevel_changelist")
    return {
        "expired": in_lots.filter(lot__expires_on__lt=today).count(),
        "expired_url": f"{address}?stock=expired",
        "soon": in_lots.filter(lot__expires_on__range=(today, today + SOON)).count(),
        "soon_url": f"{reverse('admin:inventory_lot_changelist')}?expiry=7",
        "below": levels.filter(on_hand__lt=0).count(),
        "below_url": f"{address}?stock=below",
        "out": count_out_of_stock(stores=stores),
        "out_url": f"{address}?stock=out",
    }


site.add_card(Card(30, "inventory/admin/_home_card.html", _today, Permission.STOCK_VIEW))
