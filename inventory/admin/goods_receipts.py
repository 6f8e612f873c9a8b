"""Goods receipts, as they were posted."""

from __future__ import annotations

from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter

from inventory.models import GoodsReceipt, GoodsReceiptLine
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, LedgerInline, Menu, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.templatetags.pantrypal import quantity


class ReceiptLineInline(LedgerInline):
    model = GoodsReceiptLine
    view_permission = Permission.STOCK_VIEW
    fields = ("product", "lot", "awaited", "quantity", "more", "unit_cost", "last_cost", "amount", "landed_cost")
    readonly_fields = fields

    @display(description=_("more than awaited"))
    def more(self, line: GoodsReceiptLine) -> str:
        return quantity(line.over) if line.over else "–"


@register(GoodsReceipt, site=site)
class GoodsReceiptAdmin(LedgerAdmin):
    view_permission = Permission.STOCK_VIEW
    menu = Menu("stock", 46, "input")
    empty_hint = _("What has come in. Goods are received on the phone page “Receive”, against an order or without.")
    list_display = ("number", "received_at", "supplier", "store_id", "order", "total", "received_by")
    list_select_related = ("supplier", "order")
    list_filter = (("supplier", RelatedDropdownFilter), StoreFilter, ("received_at", DayFilter))
    search_fields = ("number", "delivery_note", "order__number")
    inlines = (ReceiptLineInline,)
    fieldsets = (
        (None, {"fields": (("number", "received_at"), ("supplier", "store_id"), ("order", "delivery_note"))}),
        (_("Value, without tax"), {"fields": (("goods_value", "charges_total", "total"), "charge_names")}),
        (_("Who"), {"fields": ("received_by",)}),
    )
    readonly_fields = ("charge_names",)

    @display(description=_("charges"))
    def charge_names(self, receipt: GoodsReceipt) -> str:
        return ", ".join(f"{charge['name']}: {charge['amount']}" for charge in receipt.charges) or "–"
