"""Purchase orders: drafts are edited, what was sent is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import action as page_action

from inventory.models import PurchaseOrder, PurchaseOrderLine
from inventory.operations.order_steps import cancel_order, close_order, send_order
from inventory.operations.purchase_orders import OrderedGoods, save_order
from inventory.pdf.orders import order_as_pdf
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, site
from pantrypal.core.admin.filters import StoreFilter
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest, pdf_response

SEND = "_send"


class LineForm(forms.ModelForm[PurchaseOrderLine]):
    """What is left empty comes from the supplier's price list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pack", "pack_price"):
            if name in self.fields:
                self.fields[name].required = False
                if self.instance._state.adding:
                    self.initial.pop(name, None)


class LineInline(OrgInline):
    model = PurchaseOrderLine
    form = LineForm
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    autocomplete_fields = ("product",)
    fields = ("product", "supplier_code", "packs", "pack", "pack_price", "amount", "received")
    readonly_fields = ("amount", "received")
    extra = 1

    def has_change_permission(self, request: OrgRequest, obj: PurchaseOrder | None = None) -> bool:
        return is_draft(obj) and super().has_change_permission(request, obj)


@register(PurchaseOrder, site=site)
class PurchaseOrderAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.PURCHASE
    menu = Menu("stock", 44, "order_approve")
    empty_hint = _("Orders to your suppliers. Add one, or let “What to order” draft them from your sales.")
    list_display = ("number", "supplier", "store_id", "status", "total", "expected_on", "sent_at")
    list_select_related = ("supplier",)
    list_filter = (("status", ChoicesDropdownFilter), ("supplier", RelatedDropdownFilter), StoreFilter)
    search_fields = ("number", "supplier__name")
    sortable_by = ("number", "expected_on")
    autocomplete_fields = ("supplier",)
    inlines = (LineInline,)
    actions = ("send", "close_short", "cancel")
    actions_submit_line = ("send_now",)
    actions_detail = ("pdf",)
    fieldsets = (
        (None, {"fields": (("store_id", "supplier"), ("expected_on", "note"))}),
        (_("So far"), {"fields": (("number", "status", "total"), ("made_by", "sent_at", "sent_to"))}),
    )
    readonly_fields = ("number", "status", "total", "made_by", "sent_at", "sent_to")

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return (not isinstance(obj, PurchaseOrder) or is_draft(obj)) and super().has_change_permission(request, obj)

    def operate(self, request: OrgRequest, row: PurchaseOrder, form: Any, formsets: list[Any]) -> PurchaseOrder:
        goods = [
            OrderedGoods(
                given["product"].pk, given["packs"], given["pack"], given["pack_price"], given["supplier_code"]
            )
            for given in rows_of(formsets[0])
        ]
        order = save_order(row, goods, store=stores_of(request)[row.store_id], **self.by(request))
        return send_order(order, **self.by(request)) if SEND in request.POST else order

    @page_action(description=_("Save and send"), attrs={"name": SEND}, icon="send", permissions=["change"])  # type: ignore[untyped-decorator]
    def send_now(self, request: OrgRequest, obj: PurchaseOrder) -> None:
        """The button; `operate` sends."""

    @page_action(description=_("PDF"), url_path="pdf", permissions=["view"])  # type: ignore[untyped-decorator]
    def pdf(self, request: OrgRequest, object_id: str) -> HttpResponse:
        order = self.get_object(request, object_id)
        if order is None:
            raise Http404
        return pdf_response(order_as_pdf(order, stores_of(request)[order.store_id]), order.number)

    @action(description=_("Send to the suppliers"), permissions=["change"])
    def send(self, request: OrgRequest, orders: QuerySet[PurchaseOrder]) -> None:
        for order in orders:
            send_order(order, **self.by(request))
        self._say(request, ngettext("%s order is sent.", "%s orders are sent.", len(orders)), orders)

    @action(description=_("Close short: the rest will not come"), permissions=["change"])
    def close_short(self, request: OrgRequest, orders: QuerySet[PurchaseOrder]) -> None:
        for order in orders:
            close_order(order, reason=str(_("The rest will not come.")), **self.by(request))
        self._say(request, ngettext("%s order is closed.", "%s orders are closed.", len(orders)), orders)

    @action(description=_("Cancel: nothing will come"), permissions=["change"])
    def cancel(self, request: OrgRequest, orders: QuerySet[PurchaseOrder]) -> None:
        for order in orders:
            cancel_order(order, reason=str(_("Cancelled in the back office.")), **self.by(request))
        self._say(request, ngettext("%s order is cancelled.", "%s orders are cancelled.", len(orders)), orders)

    def _say(self, request: OrgRequest, sentence: str, orders: QuerySet[PurchaseOrder]) -> None:
        self.message_user(request, sentence % len(orders), messages.SUCCESS)


def is_draft(order: PurchaseOrder | None) -> bool:
    return order is None or order.status == PurchaseOrder.Status.DRAFT
