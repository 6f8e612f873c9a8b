"""Stopping lots at every till at once, and letting them go again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import Lot, Recall, RecalledLot, StockLevel
from inventory.refusals import RecallEnded
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_LOTS = 200


@transaction.atomic
def start_recall(
    product: Product, lots: Sequence[str], *, reason: str, message: str = "", actor: Actor, at: datetime
) -> Recall:
    """Recall lots of a product by their numbers. Once this is committed no till sells them: sales that hold
    their stock are waited for, later ones are refused. A number that has never come in is refused at the door.

    Raises Invalid.
    """
    require(actor, Permission.STOCK_EDIT)
    codes = list(dict.fromkeys(code.strip() for code in lots if code.strip()))
    if not codes or len(codes) > MOST_LOTS:
        sentence = _("Please give the numbers of the lots, at most %s.") % MOST_LOTS
        raise Invalid(sentence, {"lots": [sentence]})
    recall = Recall(product=product, reason=reason.strip(), message=message.strip())
    recall.started_at, recall.started_by = at, actor.label
    save_valid(recall)
    Lot.objects.bulk_create([Lot(product=product, code=code) for code in codes], ignore_conflicts=True)
    # Lots before levels, as a receipt does it that corrects a lot's date.
    found = list(Lot.objects.select_for_update(no_key=True).filter(product=product, code__in=codes).order_by("pk"))
    _stop_sales(found)
    Lot.objects.filter(pk__in=[lot.pk for lot in found], recalled_at=None).update(recalled_at=at)
    RecalledLot.objects.bulk_create([RecalledLot(recall=recall, lot=lot) for lot in found])
    AuditEntry.record("recall.started", recall, actor=actor, at=at, product=product.sku, lots=codes)
    OutboxEvent.emit("recall.started", recall=str(recall.pk), product=str(product.pk), lots=codes)
    return recall


@transaction.atomic
def end_recall(recall: Recall, *, actor: Actor, at: datetime) -> Recall:
    """Its lots may be sold again, unless another recall holds them too. Raises RecallEnded."""
    require(actor, Permission.STOCK_EDIT)
    recall = Recall.objects.select_for_update().get(pk=recall.pk)
    if recall.ended_at is not None:
        raise RecallEnded(_("This recall has ended already."))
    recall.ended_at, recall.ended_by = at, actor.label
    recall.save(update_fields=["ended_at", "ended_by"])
    lots = RecalledLot.objects.filter(recall=recall).values("lot")
    held = RecalledLot.objects.filter(lot__in=lots, recall__ended_at=None).values("lot")
    Lot.objects.filter(pk__in=lots).exclude(pk__in=held).update(recalled_at=None)
    AuditEntry.record("recall.ended", recall, actor=actor, at=at)
    OutboxEvent.emit("recall.ended", recall=str(recall.pk))
    return recall


def _stop_sales(lots: Sequence[Lot]) -> None:
    """Wait for the sales that are under way with these lots; the next one sees them recalled."""
    levels = StockLevel.objects.filter(lot__in=lots).order_by("pk").select_for_update()
    list(levels.values_list("pk"))
