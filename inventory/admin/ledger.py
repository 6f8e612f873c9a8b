"""Stock levels and the moves they add up to: read, never written."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from catalog.models import Product
from catalog.queries import find_products
from inventory.admin.filters import LevelFilter
from inventory.models import StockLevel, StockMove
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter


class StockLedgerAdmin(LedgerAdmin):
    """Rows found by their product."""

    view_permission = Permission.STOCK_VIEW
    list_select_related = ("product", "lot")
    search_fields = ("product__name",)
    search_help_text = _("Product: name, Hindi name, SKU or barcode")

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        found = find_products(Product.objects.all(), search_term).order_by()
        return queryset.filter(product__in=found.values("pk")), False


@register(StockLevel, site=site)
class StockLevelAdmin(StockLedgerAdmin):
    menu = Menu("stock", 10, "inventory_2")
    list_display = ("product", "lot", "store_id", "on_hand", "average_cost")
    list_filter = (StoreFilter, LevelFilter)
    ordering = ("product__name", "store_id", "id")
    empty_hint = _("Goods come into stock with a goods receipt, an import, or an adjustment of kind “Correction”.")


@register(StockMove, site=site)
class StockMoveAdmin(StockLedgerAdmin):
    menu = Menu("stock", 20, "swap_vert")
    list_display = ("at", "product", "lot", "store_id", "quantity", "kind", "unit_cost", "reason", "actor")
    list_filter = (
        StoreFilter,
        ("kind", ChoicesDropdownFilter),
        ("at", DayFilter),
        ("product", AutocompleteSelectFilter),
    )
    ordering = ("-id",)
    empty_hint = _("Every sale, receipt, count and correction will stand here, newest first.")
