"""How the organization keeps its stock."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from inventory.models import StockSettings
from inventory.operations.costing import choose_costing
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.http import OrgRequest


@register(StockSettings, site=site)
class StockSettingsAdmin(OrgAdmin):
    """One page, without a list before it."""

    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.ORG_EDIT
    menu = Menu("stock", 90, "tune")
    fields = ("costing",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        there = StockSettings.objects.first()
        if there is None and not self.has_add_permission(request):  # type: ignore[arg-type]
            return super().changelist_view(request, extra_context)  # type: ignore[no-any-return]
        name = "admin:inventory_stocksettings_"
        return HttpResponseRedirect(reverse(f"{name}change", args=[there.pk]) if there else reverse(f"{name}add"))

    def operate(self, request: OrgRequest, row: StockSettings, form: Any, formsets: list[Any]) -> StockSettings:
        return choose_costing(StockSettings.Costing(row.costing), **self.by(request))
