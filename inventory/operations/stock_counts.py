"""A count from its opening to its last scan; what comes of it is posted by count_posting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import CountScan, Recount, StockCount
from inventory.operations.lots import require_lots
from inventory.operations.numbers import Series, next_number
from inventory.operations.quantities import is_quantity
from inventory.refusals import CountEnded, NothingToUndo
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent

Status = StockCount.Status


@dataclass(frozen=True, slots=True)
class Scan:
    """`id` is the phone's own: what is sent twice is kept once. `at` is when the goods were seen."""

    id: UUID
    product: UUID
    quantity: Decimal
    lot: UUID | None = None
    at: datetime | None = None


@transaction.atomic
def open_count(count: StockCount, *, store: Store, actor: Actor, at: datetime) -> StockCount:
    """Raises Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    if (count.scope == StockCount.Scope.CATEGORY) != (count.category is not None):
        sentence = _("Please choose a category, or count the whole store.")
        raise Invalid(sentence, {"category": [sentence]})
    count.store_id, count.title = store.pk, count.title.strip()
    count.started_at, count.started_by = at, actor.label
    count.number = next_number(Series.STOCK_COUNT, store=store, at=at)
    count.save()
    AuditEntry.record("stock_count.opened", count, actor=actor, at=at, scope=count.scope)
    OutboxEvent.emit("stock_count.opened", count=str(count.pk), store=str(store.pk))
    return count


@transaction.atomic
def record_scan(count: StockCount, scan: Scan, *, actor: Actor, at: datetime) -> CountScan:
    """Keep what was seen; nothing is said of the books. Raises CountEnded, Invalid, NotFound."""
    require(actor, Permission.STOCK_COUNT, count.store_id)
    if earlier := CountScan.objects.filter(pk=scan.id).first():
        return earlier
    locked_open(count)
    if scan.quantity != 0 and (not is_quantity(scan.quantity) or scan.quantity < 0):
        sentence = _("Please give a quantity, with three decimals at most.")
        raise Invalid(sentence, {"quantity": [sentence]})
    if not Product.objects.filter(pk=scan.product).exists():
        raise NotFound(_("There is no such product."), field="product")
    if scan.lot:
        require_lots({(scan.lot, scan.product)})
    seen_at = scan.at if scan.at and count.started_at <= scan.at <= at else at
    row = CountScan(pk=scan.id, count=count, product_id=scan.product, lot_id=scan.lot, quantity=scan.quantity)
    row.at, row.actor = seen_at, actor.label
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same scan, sent a moment ago
        return CountScan.objects.get(pk=scan.id)
    return row


@transaction.atomic
def undo_scan(count: StockCount, scan: UUID, *, undo_id: UUID, actor: Actor, at: datetime) -> CountScan:
    """Take back one's own scan. Raises CountEnded, NothingToUndo."""
    require(actor, Permission.STOCK_COUNT, count.store_id)
    locked_open(count)
    wrong = CountScan.objects.filter(pk=scan, count=count, undoes=None).first()
    may = wrong is not None and (wrong.actor == actor.label or actor.may(Permission.STOCK_EDIT, count.store_id))
    if wrong is None or not may or CountScan.objects.filter(undoes=wrong).exists():
        raise NothingToUndo(_("There is nothing to take back."))
    return CountScan.objects.create(
        pk=undo_id,
        count=count,
        product_id=wrong.product_id,
        lot_id=wrong.lot_id,
        quantity=-wrong.quantity,
        undoes=wrong,
        at=at,
        actor=actor.label,
    )


@transaction.atomic
def ask_recount(count: StockCount, products: Collection[UUID], *, actor: Actor, at: datetime) -> None:
    """These are to be counted again, and their scans so far are forgotten. Raises CountEnded."""
    require(actor, Permission.STOCK_EDIT, count.store_id)
    locked_open(count)
    known = Product.objects.filter(pk__in=products).values_list("pk", flat=True)
    Recount.objects.bulk_create(
        Recount(count=count, product_id=product, asked_at=at, asked_by=actor.label) for product in known
    )
    AuditEntry.record("stock_count.recount_asked", count, actor=actor, at=at, products=[str(pk) for pk in products])


@transaction.atomic
def cancel_count(count: StockCount, *, actor: Actor, at: datetime) -> StockCount:
    """Nothing comes of it. Raises CountEnded."""
    require(actor, Permission.STOCK_EDIT, count.store_id)
    return end_count(locked_open(count), Status.CANCELLED, actor=actor, at=at)


def locked_open(count: StockCount) -> StockCount:
    """The row, locked, while it is open: what comes after a posting is refused. Raises CountEnded."""
    row = StockCount.objects.select_for_update(no_key=True).get(pk=count.pk)
    if row.status != Status.OPEN:
        raise CountEnded(_("Count %s has ended. Nothing was changed.") % row.number)
    return row


def end_count(
    count: StockCount, status: StockCount.Status, *, actor: Actor, at: datetime, **told: object
) -> StockCount:
    count.status, count.ended_at, count.ended_by = status, at, actor.label
    count.save(update_fields=["status", "ended_at", "ended_by"])
    AuditEntry.record(f"stock_count.{status}", count, actor=actor, at=at, **told)
    if status == Status.POSTED:
        OutboxEvent.emit("stock_count.posted", count=str(count.pk), store=str(count.store_id))
    return count
