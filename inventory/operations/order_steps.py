"""What becomes of an order: sent, closed short, cancelled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.models import PurchaseOrder
from inventory.refusals import OrderSettled
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import address_of
from pantrypal.journal.models import AuditEntry, OutboxEvent

Status = PurchaseOrder.Status


@transaction.atomic
def send_order(order: PurchaseOrder, *, actor: Actor, at: datetime) -> PurchaseOrder:
    """From now on the goods are awaited. Where the supplier has an e-mail address, the order goes there as PDF.

    Raises OrderSettled.
    """
    require(actor, Permission.PURCHASE, order.store_id)
    order = _locked(order, Status.DRAFT)
    order.status, order.sent_at, order.sent_to = Status.SENT, at, order.supplier.email
    order.save(update_fields=["status", "sent_at", "sent_to"])
    AuditEntry.record("purchase_order.sent", order, actor=actor, at=at, to=order.sent_to)
    order_of_store = {"order": str(order.pk), "store": str(order.store_id)}
    OutboxEvent.emit("purchase_order.sent", **order_of_store, reply_to=address_of(actor))
    return order


@transaction.atomic
def close_order(order: PurchaseOrder, *, reason: str, actor: Actor, at: datetime) -> PurchaseOrder:
    """What is still missing will not come. Raises OrderSettled, Invalid."""
    require(actor, Permission.PURCHASE, order.store_id)
    return _end(_locked(order, *PurchaseOrder.AWAITED), Status.CLOSED, reason, actor, at)


@transaction.atomic
def cancel_order(order: PurchaseOrder, *, reason: str, actor: Actor, at: datetime) -> PurchaseOrder:
    """Nothing of it has come, and nothing will. Raises OrderSettled, Invalid."""
    require(actor, Permission.PURCHASE, order.store_id)
    return _end(_locked(order, Status.DRAFT, Status.SENT), Status.CANCELLED, reason, actor, at)


def _locked(order: PurchaseOrder, *allowed: str) -> PurchaseOrder:
    kept = PurchaseOrder.objects.select_related("supplier").select_for_update(of=("self",)).get(pk=order.pk)
    if kept.status not in allowed:
        sentence = _("Order %(number)s is “%(status)s”; this can't be done any more.")
        raise OrderSettled(sentence % {"number": kept.number, "status": kept.get_status_display()})
    return kept


def _end(order: PurchaseOrder, status: Status, reason: str, actor: Actor, at: datetime) -> PurchaseOrder:
    if not reason.strip():
        raise Invalid(_("Please give the reason."), {"reason": [_("Please give the reason.")]})
    order.status, order.ended_at, order.end_reason = status, at, reason.strip()[:200]
    order.save(update_fields=["status", "ended_at", "end_reason"])
    action = f"purchase_order.{status}"
    AuditEntry.record(action, order, actor=actor, at=at, reason=order.end_reason)
    OutboxEvent.emit(action, order=str(order.pk), store=str(order.store_id))
    return order
