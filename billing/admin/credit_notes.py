"""Credit notes: what came back, and how the money went."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from billing.admin.parts import RegisterFilter, link, taxes_table
from billing.models import CreditNote, CreditNoteLine, Refund
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, LedgerInline, Menu, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter


class LineInline(LedgerInline):
    model = CreditNoteLine
    view_permission = Permission.BILLS_VIEW
    verbose_name_plural = _("lines")
    fields = ("position", "name", "hsn", "quantity", "unit", "disposition", "taxable", "tax", "total")


class RefundInline(LedgerInline):
    model = Refund
    view_permission = Permission.BILLS_VIEW
    fields = ("position", "method", "amount", "reference")


@register(CreditNote, site=site)
class CreditNoteAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 20, "assignment_return")
    list_display = ("number", "finalized_at", "store_id", "of_bill", "kind", "reason", "cashier", "total")
    list_select_related = ("bill",)
    list_filter = (StoreFilter, RegisterFilter, ("kind", ChoicesDropdownFilter), ("finalized_at", DayFilter))
    search_fields = ("number",)
    search_help_text = _("Number of the credit note or of its bill")
    ordering = ("-finalized_at", "-id")
    inlines = (LineInline, RefundInline)
    readonly_fields = ("of_bill", "pdf", "tax_table")
    fieldsets = (
        (None, {"fields": (("number", "finalized_at", "of_bill", "pdf"), ("store_id", "register", "cashier"))}),
        (_("Why"), {"fields": (("kind", "reason", "approval"),)}),
        (_("Figures"), {"fields": (("taxable", "tax"), ("round_off", "total"), "tax_table")}),
        (_("Proof"), {"fields": (("business_date", "document_date"), "hash")}),
    )
    empty_hint = _("Goods that were taken back appear here, each with its credit note.")

    def get_search_results(
        self, request: Any, queryset: QuerySet[CreditNote], search_term: str
    ) -> tuple[QuerySet[CreditNote], bool]:
        number = search_term.strip().upper()
        if not number:
            return queryset, False
        return queryset.filter(number=number) | queryset.filter(bill__number=number), False

    @display(description=_("bill"))
    def of_bill(self, note: CreditNote) -> SafeString | str:
        return link(f"admin/billing/bill/{note.bill_id}/change/", note.bill.number) if note.bill else "–"

    @display(description="PDF")
    def pdf(self, note: CreditNote) -> SafeString:
        return link(f"api/v1/credit-notes/{note.pk}/pdf", _("Open the credit note"))

    @display(description=_("taxes"))
    def tax_table(self, note: CreditNote) -> SafeString:
        return taxes_table(note)
