"""Bills: read with everything on them, changed by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.admin import display, register
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from billing.admin.parts import RegisterFilter, link, taxes_table
from billing.models import Bill, BillBuyer, BillLine, BillMessage, BillPdf, CreditNote, Payment
from customers.queries import phone_or_none
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, LedgerInline, Menu, PageColumn, site
from pantrypal.core.admin.filters import ChoiceFilter, DayFilter, StoreFilter
from pantrypal.core.http import OrgRequest
from pantrypal.journal.models import AuditEntry

LOOKED_BACK = timedelta(days=90)


class BillInline(LedgerInline):
    view_permission = Permission.BILLS_VIEW


class LineInline(BillInline):
    model = BillLine
    verbose_name_plural = _("lines")
    fields = (
        "position", "name", "hsn", "quantity", "unit", "unit_price", "discount", "why", "taxable", "tax", "total",
    )  # fmt: skip
    readonly_fields = ("why",)

    @display(description=_("why"))
    def why(self, line: BillLine) -> str:
        return ", ".join(reason["text"] for reason in line.discount_reasons if reason["text"]) or "–"


class PaymentInline(BillInline):
    model = Payment
    fields = ("position", "method", "amount", "tendered", "reference")


class BuyerInline(BillInline):
    model = BillBuyer
    verbose_name_plural = _("buyer")
    fields = ("name", "phone", "email", "address", "state_code")
    ordering = ("id",)


class ReturnInline(BillInline):
    model = CreditNote
    fields = ("document", "finalized_at", "kind", "reason", "cashier", "total")
    readonly_fields = ("document",)
    ordering = ("sequence",)

    @display(description=_("number"))
    def document(self, note: CreditNote) -> SafeString:
        return link(f"admin/billing/creditnote/{note.pk}/change/", note.number)


class MessageInline(BillInline):
    model = BillMessage
    fields = ("channel", "to", "asked_by", "asked_at", "sent_at")
    ordering = ("id",)


def _given_back(request: OrgRequest, bills: Sequence[Any]) -> dict[Any, Any]:
    """The credit notes of a page's bills, by bill."""
    notes = CreditNote.objects.filter(bill__in=bills).order_by("sequence")
    numbers: dict[Any, list[str]] = {}
    for note in notes:
        numbers.setdefault(note.bill_id, []).append(note.number)
    return {bill: ", ".join(of_bill) for bill, of_bill in numbers.items()}


def _paper_differs(**of: Any) -> QuerySet[AuditEntry]:
    """What was told when a sale made off line was taken with figures that its paper or the catalog had otherwise."""
    return AuditEntry.objects.filter(subject_type="billing.bill", action="bill.paper_differs", **of)


class ToLookAtFilter(ChoiceFilter):
    title = _("to look at")
    parameter_name = "look_at"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("paper", _("Made off line at other prices"))]

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        told = _paper_differs(at__gt=timezone.now() - LOOKED_BACK).order_by("-at").values_list("subject_id", flat=True)
        return rows.filter(pk__in=[UUID(pk) for pk in told])


@register(Bill, site=site)
class BillAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 10, "receipt_long")
    page_columns = (PageColumn("returned", _("returned by"), _given_back),)
    list_display = ("number", "finalized_at", "store_id", "register", "customer", "cashier", "total", page_columns[0])
    list_select_related = ("register", "customer")
    list_filter = (
        StoreFilter,
        RegisterFilter,
        ("finalized_at", DayFilter),
        ("customer", AutocompleteSelectFilter),
        ToLookAtFilter,
    )
    search_fields = ("number",)
    search_help_text = _("Bill number, or the customer's phone")
    ordering = ("-finalized_at", "-id")
    inlines = (LineInline, PaymentInline, BuyerInline, ReturnInline, MessageInline)
    readonly_fields = ("pdf", "paper", "tax_table")
    fieldsets = (
        (None, {"fields": (("number", "finalized_at", "pdf"), ("store_id", "register", "cashier"))}),
        (_("Buyer"), {"fields": (("customer", "buyer_gstin", "place_of_supply"),)}),
        (
            _("Figures"),
            {"fields": (("subtotal", "discount", "taxable"), ("tax", "round_off", "total"), ("change",), "tax_table")},
        ),
        (_("Proof"), {"fields": (("business_date", "document_date", "occurred_at"), "paper", "hash")}),
    )
    empty_hint = _("Bills appear here as soon as a till has sold something.")

    def get_inlines(self, request: OrgRequest, obj: Bill | None) -> list[Any]:
        """Lines and payments, and of the rest what there is."""
        return [
            inline
            for inline in self.inlines
            if inline in (LineInline, PaymentInline) or inline.model.objects.filter(bill=obj).exists()
        ]

    def get_search_results(
        self, request: Any, queryset: QuerySet[Bill], search_term: str
    ) -> tuple[QuerySet[Bill], bool]:
        """By the whole number or phone: parts of them could not use an index."""
        if not search_term:
            return queryset, False
        wanted = Q(number=search_term.strip().upper())
        if phone := phone_or_none(search_term, request.org.country):
            wanted |= Q(customer__phone=phone)
        return queryset.filter(wanted), False

    @display(description="PDF")
    def pdf(self, bill: Bill) -> Any:
        if not BillPdf.objects.filter(bill=bill).exists():
            return _("Being made")
        return link(f"api/v1/bills/{bill.pk}/pdf", _("Open the invoice"))

    @display(description=_("paper"))
    def paper(self, bill: Bill) -> str:
        """Of a sale made off line: what its paper or the catalog had otherwise."""
        told = _paper_differs(subject_id=str(bill.pk)).first() if bill.occurred_at else None
        if told is None:
            return "–"
        said = [_("%(product)s: %(paper)s on paper, %(catalog)s in the catalog") % line for line in told.data["lines"]]
        if told.data["paper"] not in (told.data["total"], "None"):
            said.append(_("total on paper: %s") % told.data["paper"])
        return "; ".join(said)

    @display(description=_("taxes"))
    def tax_table(self, bill: Bill) -> SafeString:
        return taxes_table(bill)
