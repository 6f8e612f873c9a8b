"""Transfers between stores: asked for here, sent and received here or on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from inventory.models import Transfer, TransferLine, TransferredGoods
from inventory.operations.transfers import Wanted, cancel_transfer, receive_transfer, request_transfer, send_transfer
from inventory.queries.transfers import worth_in_transit
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerInline, Menu, OrgAdmin, OrgInline, PageColumn, site
from pantrypal.core.admin.forms import rows_of
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.templatetags.pantrypal import money


def _worth(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    worth = worth_in_transit([row.pk for row in rows])
    return {pk: money(value, request.org.currency) for pk, value in worth.items()}


class TransferLineInline(OrgInline):
    model = TransferLine
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    fields = ("product", "quantity")
    autocomplete_fields = ("product",)
    ordering = ("position",)
    extra = 1

    def has_change_permission(self, request: OrgRequest, obj: Transfer | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)


class TransferredGoodsInline(LedgerInline):
    model = TransferredGoods
    view_permission = Permission.STOCK_VIEW
    fields = ("product", "lot", "quantity", "unit_cost", "received", "reason")
    ordering = ("id",)


@register(Transfer, site=site)
class TransferAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 50, "local_shipping")
    page_columns = (PageColumn("worth", _("on its way, at cost"), _worth, is_figure=True),)
    list_display = (
        "number",
        "store_id",
        "to_store_id",
        "status",
        page_columns[0],
        "requested_at",
        "sent_at",
        "received_at",
    )
    list_filter = (("status", ChoicesDropdownFilter),)
    search_fields = ("number",)
    ordering = ("-id",)
    sortable_by = ()
    actions = ("send", "receive", "cancel")
    inlines = (TransferLineInline, TransferredGoodsInline)
    empty_hint = _("When a store needs goods that another one has, ask for them here. Both see what is on its way.")

    def get_queryset(self, request: OrgRequest) -> QuerySet[Any]:
        """Of both ends; the base would show those of the sender only."""
        rows = Transfer.objects.filter(org_id=request.org_id)
        stores = request.actor.stores
        return rows if stores is None else rows.filter(Q(store_id__in=stores) | Q(to_store_id__in=stores))

    def has_change_permission(self, request: OrgRequest, obj: Transfer | None = None) -> bool:
        return not isinstance(obj, Transfer) and super().has_change_permission(request, obj)

    def get_fields(self, request: OrgRequest, obj: Transfer | None = None) -> Any:
        if obj is None:
            return (("store_id", "to_store_id"), "note")
        people = ("requested_at", "requested_by"), ("sent_at", "sent_by"), ("received_at", "received_by")
        return (("number", "status"), ("store_id", "to_store_id"), "note", *people)

    def get_inlines(self, request: OrgRequest, obj: Transfer | None) -> list[Any]:
        return (
            [TransferLineInline] if obj is None or obj.sent_at is None else [TransferLineInline, TransferredGoodsInline]
        )

    def operate(self, request: OrgRequest, row: Transfer, form: Any, formsets: list[Any]) -> Transfer:
        wanted = [Wanted(given["product"].pk, given["quantity"]) for given in rows_of(formsets[0])]
        source, target = _store(row.store_id), _store(row.to_store_id)
        return request_transfer(wanted, source=source, target=target, note=row.note, **self.by(request))

    @action(description=_("Send: take the goods off the shelves"), permissions=["change"])
    def send(self, request: OrgRequest, transfers: QuerySet[Transfer]) -> None:
        for transfer in transfers:
            send_transfer(transfer, source=_store(transfer.store_id), **self.by(request))
        self._say(
            request, ngettext("%s transfer is on its way.", "%s transfers are on their way.", len(transfers)), transfers
        )

    @action(description=_("Receive: everything came"), permissions=["change"])
    def receive(self, request: OrgRequest, transfers: QuerySet[Transfer]) -> None:
        for transfer in transfers:
            receive_transfer(transfer, target=_store(transfer.to_store_id), **self.by(request))
        self._say(
            request, ngettext("%s transfer is received.", "%s transfers are received.", len(transfers)), transfers
        )

    @action(description=_("Call off"), permissions=["change"])
    def cancel(self, request: OrgRequest, transfers: QuerySet[Transfer]) -> None:
        for transfer in transfers:
            cancel_transfer(transfer, **self.by(request))
        self._say(
            request, ngettext("%s transfer is called off.", "%s transfers are called off.", len(transfers)), transfers
        )

    def _say(self, request: OrgRequest, sentence: str, transfers: QuerySet[Transfer]) -> None:
        self.message_user(request, sentence % len(transfers), messages.SUCCESS)


def _store(pk: Any) -> Store:
    return Store.objects.select_related("org").get(pk=pk)
