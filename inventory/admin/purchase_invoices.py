"""Suppliers' invoices for the books of input tax."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter

from inventory.models import PurchaseInvoice
from inventory.operations.purchase_invoices import save_invoice
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.admin.filters import StoreFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


@register(PurchaseInvoice, site=site)
class PurchaseInvoiceAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    menu = Menu("stock", 49, "receipt_long")
    empty_hint = _(
        "Note each supplier's invoice as printed: its taxes are your input tax, and its date says when to pay."
    )
    list_display = (
        "number", "invoice_date", "supplier", "store_id", "taxable", "cgst", "sgst", "igst", "total", "due_on",
    )  # fmt: skip
    list_select_related = ("supplier",)
    list_filter = (("supplier", RelatedDropdownFilter), StoreFilter)
    search_fields = ("number",)
    sortable_by = ("invoice_date",)
    autocomplete_fields = ("supplier", "receipt")
    fieldsets = (
        (None, {"fields": (("store_id", "supplier"), ("number", "invoice_date"), ("receipt", "due_on"))}),
        (
            _("As printed"),
            {"fields": (("taxable", "cgst", "sgst"), ("igst", "cess", "round_off"), ("total", "is_creditable"))},
        ),
    )

    def operate(self, request: OrgRequest, row: PurchaseInvoice, form: Any, formsets: list[Any]) -> PurchaseInvoice:
        return save_invoice(row, store=stores_of(request)[row.store_id], **self.by(request))
