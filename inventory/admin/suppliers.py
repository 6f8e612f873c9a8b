"""Suppliers and their prices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter

from inventory.models import Supplier, SupplierPrice
from inventory.operations.suppliers import archive_suppliers, restore_suppliers, save_supplier, save_supplier_price
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.admin.filters import ArchivedFilter
from pantrypal.core.http import OrgRequest


@register(Supplier, site=site)
class SupplierAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    menu = Menu("stock", 50, "local_shipping")
    empty_hint = _("The firms you buy from. Add the first one, then its prices; orders and receipts name it.")
    list_display = ("name", "contact", "phone", "email", "lead_days", "payment_days")
    list_filter = (ArchivedFilter,)
    search_fields = ("name", "contact", "gstin")
    sortable_by = ("name", "lead_days")
    actions = ("archive", "restore")
    fieldsets = (
        (None, {"fields": (("name", "contact"), ("phone", "email"), "address")}),
        (_("Tax"), {"fields": (("gstin", "state_code"),)}),
        (_("Terms"), {"fields": (("lead_days", "payment_days"),)}),
    )

    def operate(self, request: OrgRequest, row: Supplier, form: Any, formsets: list[Any]) -> Supplier:
        return save_supplier(row, org=request.org, **self.by(request))

    @action(description=_("Archive: order no more from them"), permissions=["change"])
    def archive(self, request: OrgRequest, suppliers: QuerySet[Supplier]) -> None:
        done = archive_suppliers(suppliers.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s supplier is archived.", "%s suppliers are archived.", done)
        self.message_user(request, said % done, messages.SUCCESS)

    @action(description=_("Restore: order from them again"), permissions=["change"])
    def restore(self, request: OrgRequest, suppliers: QuerySet[Supplier]) -> None:
        done = restore_suppliers(suppliers.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s supplier is in use again.", "%s suppliers are in use again.", done)
        self.message_user(request, said % done, messages.SUCCESS)


@register(SupplierPrice, site=site)
class SupplierPriceAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    menu = Menu("stock", 55, "request_quote")
    empty_hint = _("What each supplier asks for a pack, without tax. Orders and suggestions take the newest one.")
    list_display = ("product", "supplier", "supplier_code", "pack", "price", "valid_from")
    list_select_related = ("product", "supplier")
    list_filter = (("supplier", RelatedDropdownFilter), ("product", AutocompleteSelectFilter))
    search_fields = ("product__name", "supplier_code")
    sortable_by = ("valid_from",)
    autocomplete_fields = ("supplier", "product")
    fields = (("supplier", "product"), ("supplier_code", "pack"), ("price", "valid_from"))

    def operate(self, request: OrgRequest, row: SupplierPrice, form: Any, formsets: list[Any]) -> SupplierPrice:
        return save_supplier_price(row, org=request.org, **self.by(request))
