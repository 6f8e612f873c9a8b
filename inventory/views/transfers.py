"""Sending and receiving with a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inventory.models import Transfer, TransferLine, TransferredGoods
from inventory.operations.transfers import Arrived, receive_transfer, send_transfer
from inventory.views.at_store import at_store, go
from inventory.views.picking import Pick, PickList
from inventory.views.scanning import SeveralFound, read_code
from pantrypal.core.access import Permission
from pantrypal.core.camera import reads_codes
from pantrypal.core.errors import DomainError, NotFound
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

Status = Transfer.Status


@reads_codes
@require_http_methods(["GET", "POST"])
@at_store(Permission.STOCK_EDIT)
def page(request: OrgRequest, store: Store, transfer_id: UUID) -> HttpResponse:
    """At the sender's what is to be packed, at the receiver's what should have come."""
    transfer = _transfer(store, transfer_id)
    picks = PickList(_picks(transfer))
    context: dict[str, Any] = {"store": store, "transfer": transfer, "picks": picks}
    context |= {"is_sending": transfer.status == Status.REQUESTED, "other": _other(transfer, store)}
    if request.method == "GET":
        return render(request, "inventory/phone/transfer.html", context)
    try:
        with transaction.atomic():
            picks.read(request.POST)
            if _is_done(request, store, transfer, picks):
                return go(request, "stock-home", store.code)
    except SeveralFound as several:
        context |= {"found": several.found, "notice": several.message}
    except DomainError as refusal:
        context |= {"notice": refusal.message, "is_refusal": True}
    status = 422 if "notice" in context else 200
    return render(request, "inventory/phone/_transfer_work.html", context, status=status)


def _is_done(request: OrgRequest, store: Store, transfer: Transfer, picks: PickList) -> bool:
    """Do what the pressed button says; whether the list was handed in by it."""
    match request.POST.get("do", "scan"):
        case "more":
            picks.add_again()
        case "undo":
            picks.undo()
        case "all":
            picks.fill()
        case "done":
            _hand_in(request, store, transfer, picks)
            return True
        case _:
            goods = read_code(request.POST.get("code", ""), store)
            pick = picks.that_takes(goods)
            if pick is None:
                raise NotFound(_("%s is not on this transfer.") % goods.item.name)
            picks.add(pick, goods.quantity)
    return False


def _hand_in(request: OrgRequest, store: Store, transfer: Transfer, picks: PickList) -> None:
    given: dict[str, Any] = {"actor": request.actor, "at": timezone.now()}
    if transfer.status == Status.REQUESTED:
        quantities = {UUID(pick.key): pick.quantity for pick in picks.picks}
        send_transfer(transfer, source=store, quantities=quantities, **given)
        messages.success(request, _("Transfer %s is on its way.") % transfer.number)
        return
    reason = request.POST.get("reason", "")
    arrived = {UUID(pick.key): Arrived(pick.quantity, "" if pick.is_complete else reason) for pick in picks.picks}
    receive_transfer(transfer, target=store, arrived=arrived, **given)
    messages.success(request, _("Transfer %s is in stock.") % transfer.number)


def _transfer(store: Store, transfer_id: UUID) -> Transfer:
    """One that waits for this store."""
    waiting = Transfer.objects.filter(pk=transfer_id)
    to_send = waiting.filter(store_id=store.pk, status=Status.REQUESTED)
    transfer = to_send.first() or waiting.filter(to_store_id=store.pk, status=Status.SENT).first()
    if transfer is None:
        raise Http404
    return transfer


def _picks(transfer: Transfer) -> list[Pick]:
    if transfer.status == Status.REQUESTED:
        lines = TransferLine.objects.filter(transfer=transfer).select_related("product")
        return [Pick(str(line.pk), line.product, wanted=line.quantity) for line in lines.order_by("position")]
    goods = TransferredGoods.objects.filter(transfer=transfer).select_related("product", "lot")
    return [Pick(str(some.pk), some.product, some.lot, some.quantity) for some in goods.order_by("id")]


def _other(transfer: Transfer, store: Store) -> str:
    pk = transfer.to_store_id if transfer.store_id == store.pk else transfer.store_id
    return Store.objects.get(pk=pk).name
