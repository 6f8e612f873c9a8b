"""Goods that go back to their supplier: entered here, read as they were posted, printed as a debit note."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import action as page_action

from inventory.models import SupplierReturn, SupplierReturnLine
from inventory.operations.supplier_returns import ReturnedGoods, return_to_supplier
from inventory.pdf.debit_notes import debit_note_as_pdf
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest, pdf_response


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
    actions_detail = ("pdf",)

    def has_change_permission(self, request: OrgRequest, obj: SupplierReturn | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: SupplierReturn | None = None) -> Any:
        entered = [("store_id", "supplier"), ("receipt", "reason")]
        return entered if obj is None else [*entered, ("number", "returned_at"), ("total", "returned_by"), "sent_to"]

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

    @page_action(description=_("Debit note (PDF)"), url_path="pdf", permissions=["view"])  # type: ignore[untyped-decorator]
    def pdf(self, request: OrgRequest, object_id: str) -> HttpResponse:
        note = self.get_object(request, object_id)
        if note is None:
            raise Http404
        return pdf_response(debit_note_as_pdf(note, stores_of(request)[note.store_id]), note.number)
