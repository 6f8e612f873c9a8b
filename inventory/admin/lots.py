"""Lots with their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _

from inventory.admin.filters import ExpiryFilter
from inventory.models import Lot
from inventory.operations.lots import save_lot
from inventory.queries.levels import on_hand_of_lots
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, PageColumn, site
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import quantity


def _on_hand(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    found = on_hand_of_lots([row.pk for row in rows], stores=request.actor.stores)
    return {row.pk: quantity(found[row.pk]) if row.pk in found else "0" for row in rows}


@register(Lot, site=site)
class LotAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 30, "event_available")
    page_columns = (PageColumn("on_hand", _("in stock"), _on_hand, is_figure=True),)
    list_display = ("product", "code", "expires_on", page_columns[0], "mrp", "recalled_at")
    list_display_links = ("product", "code")
    list_select_related = ("product",)
    list_filter = (ExpiryFilter,)
    search_fields = ("code", "product__name")
    search_help_text = _("Lot number or product")
    ordering = ("expires_on", "id")
    sortable_by = ("expires_on",)
    fields = ("product", "code", ("manufactured_on", "expires_on"), "mrp")
    autocomplete_fields = ("product",)
    empty_hint = _("A lot is made when goods with an expiry date are received; it can also be written down here.")

    def get_readonly_fields(self, request: OrgRequest, obj: Lot | None = None) -> Any:
        return self.written([] if obj is None else ["product"], request)

    def operate(self, request: OrgRequest, row: Lot, form: Any, formsets: list[Any]) -> Lot:
        return save_lot(row, **self.by(request))
