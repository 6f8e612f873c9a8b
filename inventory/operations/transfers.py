"""Goods go from one store to another: asked for, sent, received."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import StockMove, Transfer, TransferLine, TransferredGoods
from inventory.operations.numbers import Series, next_number
from inventory.operations.quantities import is_quantity
from inventory.operations.stock import Goods, Source, add_stock, issue_stock, lock_stock
from inventory.refusals import TransferMovedOn
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry, OutboxEvent

Status = Transfer.Status
TOPICS: dict[str, str] = {
    Status.REQUESTED: "transfer.requested",
    Status.SENT: "transfer.sent",
    Status.RECEIVED: "transfer.received",
    Status.CANCELLED: "transfer.cancelled",
}
Kind = StockMove.Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    product: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of some transferred goods came; `reason` says where the rest is."""

    quantity: Decimal
    reason: str = ""


@transaction.atomic
def request_transfer(
    lines: Sequence[Wanted], *, source: Store, target: Store, note: str = "", actor: Actor, at: datetime
) -> Transfer:
    """A store asks another one for goods. Nothing moves yet. Raises Invalid, NotFound."""
    if not (actor.may(Permission.STOCK_EDIT, source.pk) or actor.may(Permission.STOCK_EDIT, target.pk)):
        require(actor, Permission.STOCK_EDIT, target.pk)
    _require_sound(lines, source, target)
    transfer = Transfer(
        store_id=source.pk, to_store_id=target.pk, note=note.strip(), requested_at=at, requested_by=actor.label
    )
    transfer.number = next_number(Series.TRANSFER, store=source, at=at)
    transfer.save()
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, position=position, product_id=line.product, quantity=line.quantity)
        for position, line in enumerate(lines, 1)
    )
    _tell(Status.REQUESTED, transfer, actor, at)
    return transfer


@transaction.atomic
def send_transfer(
    transfer: Transfer, *, source: Store, quantities: Mapping[UUID, Decimal] | None = None, actor: Actor, at: datetime
) -> Transfer:
    """Take the goods off the sender's shelves, first expired first; `quantities` (by line) may be less than was
    asked for, or nothing. What may not be sold stays. Raises NotEnoughStock, TransferMovedOn, Invalid.
    """
    require(actor, Permission.STOCK_EDIT, source.pk)
    transfer = _locked(transfer, Status.REQUESTED)
    lines = [
        (line, line.quantity if quantities is None else quantities.get(line.pk, ZERO)) for line in _lines(transfer)
    ]
    if any(quantity and not (is_quantity(quantity) and quantity > 0) for _line, quantity in lines):
        raise _wrong(_("Please give quantities above zero, with three decimals at most."))
    going = [Goods(line.product_id, quantity, line=line.pk) for line, quantity in lines if quantity]
    if not going:
        raise _wrong(_("There is nothing to send."))
    taken = issue_stock(
        going,
        store=source.pk,
        kind=Kind.TRANSFER_OUT,
        source=Source("transfer", transfer.pk, actor.label, at),
        on=source.document_date(at),
    )
    TransferredGoods.objects.bulk_create(
        TransferredGoods(
            transfer=transfer,
            product_id=part["product"],
            lot_id=part["lot"],
            quantity=part["quantity"],
            unit_cost=part["unit_cost"],
        )
        for part in taken
    )
    return _step(transfer, Status.SENT, actor, at)


@transaction.atomic
def receive_transfer(
    transfer: Transfer, *, target: Store, arrived: Mapping[UUID, Arrived] | None = None, actor: Actor, at: datetime
) -> Transfer:
    """Put the goods into the receiver's stock, lot by lot at the sender's cost; without `arrived` (by goods) all
    of it. What is missing came in and was lost, so that the loss stands in the receiver's shrinkage; what is
    too much is a correction. Raises TransferMovedOn, Invalid.
    """
    require(actor, Permission.STOCK_EDIT, target.pk)
    transfer = _locked(transfer, Status.SENT)
    goods = list(TransferredGoods.objects.filter(transfer=transfer).order_by("pk"))
    for some in goods:
        came = Arrived(some.quantity) if arrived is None else arrived.get(some.pk, Arrived(ZERO))
        if came.quantity and not (is_quantity(came.quantity) and came.quantity > 0):
            raise _wrong(_("Please give quantities above zero, with three decimals at most."))
        some.received, some.reason = came.quantity, came.reason.strip()
    _bring_in(transfer, goods, target, Source("transfer", transfer.pk, actor.label, at))
    TransferredGoods.objects.bulk_update(goods, ["received", "reason"])
    return _step(transfer, Status.RECEIVED, actor, at)


@transaction.atomic
def cancel_transfer(transfer: Transfer, *, actor: Actor, at: datetime) -> Transfer:
    """Before it is sent. Raises TransferMovedOn."""
    require(actor, Permission.STOCK_EDIT)
    transfer = _locked(transfer, Status.REQUESTED)
    return _step(transfer, Status.CANCELLED, actor, at)


def _bring_in(transfer: Transfer, goods: Sequence[TransferredGoods], target: Store, source: Source) -> None:
    lock_stock([(some.product_id, some.lot_id, some.quantity) for some in goods], store=target.pk)
    coming = [Goods(some.product_id, some.quantity, some.lot_id, some.unit_cost, line=some.pk) for some in goods]
    add_stock(coming, store=target.pk, kind=Kind.TRANSFER_IN, source=source)
    said = _("Transfer %s: ") % transfer.number
    lost, extra = [], []
    for some in goods:
        difference = (some.received or ZERO) - some.quantity
        if difference < 0:
            reason = said + (some.reason or _("did not arrive"))
            lost.append(Goods(some.product_id, -difference, some.lot_id, None, reason[:200], some.pk))
        elif difference > 0:
            reason = said + (some.reason or _("more arrived than was sent"))
            extra.append(Goods(some.product_id, difference, some.lot_id, some.unit_cost, reason[:200], some.pk))
    if extra:
        add_stock(extra, store=target.pk, kind=Kind.ADJUSTMENT, source=source)
    if lost:
        issue_stock(lost, store=target.pk, kind=Kind.THEFT, source=source, on=None)


def _locked(transfer: Transfer, status: Transfer.Status) -> Transfer:
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if row.status != status:
        sentence = _("Transfer %(number)s is no longer here to be changed: it is “%(state)s”.")
        raise TransferMovedOn(sentence % {"number": row.number, "state": row.get_status_display()})
    return row


def _lines(transfer: Transfer) -> list[TransferLine]:
    return list(TransferLine.objects.filter(transfer=transfer).order_by("position"))


def _step(transfer: Transfer, status: Transfer.Status, actor: Actor, at: datetime) -> Transfer:
    transfer.status = status
    if status != Status.CANCELLED:
        setattr(transfer, f"{status}_at", at)
        setattr(transfer, f"{status}_by", actor.label)
    transfer.save()
    _tell(status, transfer, actor, at)
    return transfer


def _tell(status: str, transfer: Transfer, actor: Actor, at: datetime) -> None:
    AuditEntry.record(TOPICS[status], transfer, actor=actor, at=at)
    OutboxEvent.emit(
        TOPICS[status],
        transfer=str(transfer.pk),
        store=str(transfer.store_id),
        to_store=str(transfer.to_store_id),
    )


def _require_sound(lines: Sequence[Wanted], source: Store, target: Store) -> None:
    if source.pk == target.pk:
        sentence = _("Please choose two different stores.")
        raise Invalid(sentence, {"to_store_id": [sentence]})
    if not lines:
        raise _wrong(_("Please give at least one line."))
    if any(not is_quantity(line.quantity) or line.quantity < 0 for line in lines):
        raise _wrong(_("Please give quantities above zero, with three decimals at most."))
    ids = {line.product for line in lines}
    if len(ids) < len(lines):
        raise _wrong(_("The same product stands there twice."))
    if Product.objects.sellable().filter(pk__in=ids).count() != len(ids):
        raise NotFound(_("There is no such product."), field="product")


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"lines": [sentence]})
