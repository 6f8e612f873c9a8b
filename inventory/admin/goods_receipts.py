"""Goods receipts and supplier returns, as they were posted; returns are entered here."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter

from inventory.models import GoodsReceipt, GoodsReceiptLine, SupplierReturn, SupplierReturnLine
from inventory.operations.supplier_returns import ReturnedGoods, return_to_supplier
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, LedgerInline, Menu, OrgAdmin, OrgInline, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest
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


class ReturnLineInline(OrgInline):
    model = SupplierReturnLine
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    autocomplete_fields = ("product", "lot")
    fields = ("product", "lot", "quantity", "unit_cost", "amount")
    readonly_fields = ("amount",)
    ordering = ("position",)
    extra = 1

    def has_change_permission(self, request: OrgRequest, obj: SupplierReturn | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "unit_cost":
            field.required = False
        return field


@register(SupplierReturn, site=site)
class SupplierReturnAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 48, "undo")
    empty_hint = _("Goods that went back: add one, and the debit note says what the supplier owes you for them.")
    list_display = ("number", "returned_at", "supplier", "store_id", "reason", "total", "returned_by")
    list_select_related = ("supplier",)
    list_filter = (("supplier", RelatedDropdownFilter), StoreFilter, ("returned_at", DayFilter))
    search_fields = ("number", "reason")
    sortable_by = ()
    autocomplete_fields = ("supplier", "receipt")
    inlines = (ReturnLineInline,)

    def has_change_permission(self, request: OrgRequest, obj: SupplierReturn | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: SupplierReturn | None = None) -> Any:
        entered = [("store_id", "supplier"), ("receipt", "reason")]
        return entered if obj is None else [*entered, ("number", "returned_at"), ("total", "returned_by")]

    def operate(self, request: OrgRequest, row: SupplierReturn, form: Any, formsets: list[Any]) -> SupplierReturn:
        goods = [
            ReturnedGoods(
                given["product"].pk,
                given["quantity"],
                given["lot"].pk if given["lot"] else None,
                given["unit_cost"],
            )
            for given in rows_of(formsets[0])
        ]
        return return_to_supplier(
            goods,
            supplier=row.supplier,
            store=stores_of(request)[row.store_id],
            reason=row.reason,
            receipt=row.receipt,
            **self.by(request),
        )
