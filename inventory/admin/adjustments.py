"""Corrections and write-offs: entered once, then read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _

from inventory.models import StockAdjustment, StockAdjustmentLine
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.queries.levels import worth_of_documents
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, PageColumn, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import money


def _worth(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    worth = worth_of_documents([row.pk for row in rows])
    return {row.pk: money(worth.get(row.pk), request.org.currency) for row in rows}


class StockAdjustmentLineInline(OrgInline):
    model = StockAdjustmentLine
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    fields = ("product", "lot", "quantity", "kind", "reason")
    autocomplete_fields = ("product", "lot")
    ordering = ("position",)
    extra = 1

    def has_change_permission(self, request: OrgRequest, obj: StockAdjustment | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)


@register(StockAdjustment, site=site)
class StockAdjustmentAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 40, "edit_note")
    page_columns = (PageColumn("worth", _("worth at cost"), _worth, is_figure=True),)
    list_display = ("at", "store_id", "note", page_columns[0], "actor")
    list_filter = (StoreFilter, ("at", DayFilter))
    ordering = ("-id",)
    sortable_by = ()
    inlines = (StockAdjustmentLineInline,)
    empty_hint = _("Write down here what broke, went off or was found. Each line says why, and the ledger keeps it.")

    def has_change_permission(self, request: OrgRequest, obj: StockAdjustment | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: StockAdjustment | None = None) -> Any:
        return ("store_id", "note") if obj is None else ("at", "store_id", "note", "actor")

    def operate(self, request: OrgRequest, row: StockAdjustment, form: Any, formsets: list[Any]) -> StockAdjustment:
        lines = [
            Adjustment(
                given["product"].pk,
                given["quantity"],
                given["reason"],
                given["lot"].pk if given["lot"] else None,
                kind=given["kind"],
            )
            for given in rows_of(formsets[0])
        ]
        return adjust_stock(lines, store=stores_of(request)[row.store_id], note=row.note, **self.by(request))
