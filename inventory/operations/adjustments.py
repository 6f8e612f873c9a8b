"""Corrections of the stock by hand and write-offs, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import WRITE_OFFS, StockAdjustment, StockAdjustmentLine, StockMove
from inventory.operations.lots import require_lots
from inventory.operations.quantities import is_quantity
from inventory.operations.stock import Goods, Source, add_stock, issue_stock, lock_stock
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7

KINDS = StockAdjustmentLine.Kind


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`quantity` is signed: what to add or to take away. `kind` is one of those of StockAdjustmentLine."""

    product: UUID
    quantity: Decimal
    reason: str = ""
    lot: UUID | None = None
    unit_cost: Decimal | None = None
    kind: str = StockMove.Kind.ADJUSTMENT


@transaction.atomic
def adjust_stock(
    lines: Sequence[Adjustment], *, store: Store, actor: Actor, at: datetime, note: str = ""
) -> StockAdjustment:
    """All lines or none. Raises Invalid, NotFound, NotEnoughStock."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    _require_sound(lines)
    document = StockAdjustment(id=uuid7(), store_id=store.pk, note=note.strip(), actor=actor.label, at=at)
    rows = [_row(document, position, line) for position, line in enumerate(lines, 1)]
    lock_stock([(line.product, line.lot, line.quantity) for line in lines], store=store.pk)
    document.save()
    StockAdjustmentLine.objects.bulk_create(rows)
    _move(list(zip(lines, rows, strict=True)), store.pk, Source("adjustment", document.pk, actor.label, at))
    AuditEntry.record("stock.adjusted", store, actor=actor, at=at, adjustment=document.pk, lines=len(lines))
    OutboxEvent.emit("stock.adjusted", store=str(store.pk), adjustment=str(document.pk))
    return document


def _row(document: StockAdjustment, position: int, line: Adjustment) -> StockAdjustmentLine:
    reason = line.reason.strip() or str(KINDS(line.kind).label)
    return StockAdjustmentLine(
        adjustment=document,
        position=position,
        product_id=line.product,
        lot_id=line.lot,
        quantity=line.quantity,
        kind=line.kind,
        reason=reason,
    )


def _move(lines: Sequence[tuple[Adjustment, StockAdjustmentLine]], store: UUID, source: Source) -> None:
    coming = [_goods(line, row) for line, row in lines if line.quantity > 0]
    if coming:
        add_stock(coming, store=store, kind=StockMove.Kind.ADJUSTMENT, source=source)
    for kind in KINDS:
        going = [_goods(line, row) for line, row in lines if line.quantity < 0 and line.kind == kind]
        if going:
            issue_stock(going, store=store, kind=StockMove.Kind(kind), source=source, on=None)


def _goods(line: Adjustment, row: StockAdjustmentLine) -> Goods:
    return Goods(line.product, abs(line.quantity), line.lot, line.unit_cost, row.reason, row.pk)


def _require_sound(lines: Sequence[Adjustment]) -> None:
    if not lines:
        raise _wrong(_("Please give at least one line."))
    if any(not is_quantity(line.quantity) for line in lines):
        raise _wrong(_("Each line needs a quantity other than zero, with three decimals at most."))
    if any(line.kind not in KINDS or (line.kind == KINDS.ADJUSTMENT and not line.reason.strip()) for line in lines):
        raise _wrong(_("Each line needs a reason."))
    if any(line.kind in WRITE_OFFS and line.quantity > 0 for line in lines):
        raise _wrong(_("Goods that are written off go away: please give the quantity with a minus."))
    ids = {line.product for line in lines}
    if Product.objects.sellable().filter(pk__in=ids).count() != len(ids):
        raise NotFound(_("There is no such product."), field="product")
    require_lots({(line.lot, line.product) for line in lines if line.lot})


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"lines": [sentence]})
