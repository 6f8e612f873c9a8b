"""What comes of a count: true differences, posted while the shop trades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from inventory.models import StockCount, StockCountLine, StockLevel, StockMove
from inventory.operations.stock import Goods, Source, add_stock, issue_stock, lock_stock
from inventory.operations.stock_counts import end_count, locked_open
from inventory.queries.counts import Tallied, tally, waiting_recounts
from inventory.refusals import CountIncomplete
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.money import ZERO


@transaction.atomic
def post_count(
    count: StockCount,
    *,
    reasons: Mapping[UUID, str] | None = None,
    accepts_doubtful: bool = False,
    actor: Actor,
    at: datetime,
) -> StockCount:
    """Bring the books to what was seen, product by product; sales go on before and after.

    `reasons` (by product) say why something differs. `accepts_doubtful`: somebody has looked at the outliers and
    at what nobody found, and takes them as they are. Raises CountIncomplete, CountEnded.
    """
    require(actor, Permission.STOCK_EDIT, count.store_id)
    count = locked_open(count)
    if again := waiting_recounts(count):
        raise CountIncomplete(
            _("%s products are still to be counted again.") % len(again), products=[str(pk) for pk in again]
        )
    lock_stock([(one.product, None, ZERO) for one in tally(count, at=at)], store=count.store_id)
    tallied = tally(count, at=at)
    if not accepts_doubtful and (doubtful := [one for one in tallied if is_doubtful(one)]):
        raise CountIncomplete(
            _("%s products differ so much, or were not found, that they should be counted again.") % len(doubtful),
            products=[str(one.product) for one in doubtful],
        )
    lines = _lines(count, tallied, reasons or {})
    StockCountLine.objects.bulk_create(lines)
    _move(count, lines, Source("stock_count", count.pk, actor.label, at))
    different = sum(1 for line in lines if line.variance)
    return end_count(count, StockCount.Status.POSTED, actor=actor, at=at, lines=len(lines), different=different)


def is_doubtful(one: Tallied) -> bool:
    return one.is_outlier or (one.is_missing and one.verdict.variance != 0)


def _lines(count: StockCount, tallied: Sequence[Tallied], reasons: Mapping[UUID, str]) -> list[StockCountLine]:
    held = _held(count, tallied)
    lines = []
    for position, one in enumerate(sorted(tallied, key=lambda one: (one.product, str(one.lot))), 1):
        # What was missing and has been sold since was there after all.
        variance = max(one.verdict.variance, -held[one.product, one.lot])
        reason = (reasons.get(one.product) or _("Count %s") % count.number)[:200] if variance else ""
        line = StockCountLine(count=count, position=position, product_id=one.product, lot_id=one.lot, reason=reason)
        line.counted, line.expected, line.variance = one.seen.quantity, one.verdict.expected, variance
        line.unit_cost = one.unit_cost
        lines.append(line)
    return lines


def _held(count: StockCount, tallied: Sequence[Tallied]) -> Mapping[tuple[UUID, UUID | None], Decimal]:
    """What can be taken off each place now."""
    products = {one.product for one in tallied}
    levels = StockLevel.objects.filter(store_id=count.store_id, product__in=products, on_hand__gt=0)
    held: defaultdict[tuple[UUID, UUID | None], Decimal] = defaultdict(Decimal)
    for product, lot, on_hand in levels.values_list("product", "lot", "on_hand"):
        for place in {(product, lot), (product, None)}:
            held[place] += on_hand
    return held


def _move(count: StockCount, lines: Sequence[StockCountLine], source: Source) -> None:
    found = [line for line in lines if line.variance > 0]
    gone = [line for line in lines if line.variance < 0]
    if found:
        lots = _youngest_lots(count, [line.product_id for line in found])
        goods = [_goods(line, line.lot_id or lots.get(line.product_id)) for line in found]
        add_stock(goods, store=count.store_id, kind=StockMove.Kind.COUNT, source=source)
    if gone:
        goods = [_goods(line, line.lot_id) for line in gone]
        issue_stock(goods, store=count.store_id, kind=StockMove.Kind.COUNT, source=source, on=None)


def _youngest_lots(count: StockCount, products: Sequence[UUID]) -> dict[UUID, UUID]:
    """Where goods go that were found and whose lot nobody read: to the lot that expires last."""
    levels = StockLevel.objects.filter(store_id=count.store_id, product__in=products, on_hand__gt=0, lot__isnull=False)
    rows = levels.order_by(F("lot__expires_on").asc(nulls_first=True), "pk").values_list("product", "lot")
    below = StockLevel.objects.filter(store_id=count.store_id, product__in=products, on_hand__lt=0)
    sold_below = set(below.values_list("product", flat=True))  # these fill the hole first
    return {product: lot for product, lot in rows if product not in sold_below}


def _goods(line: StockCountLine, lot: UUID | None) -> Goods:
    return Goods(line.product_id, abs(line.variance), lot, None, line.reason, line.pk)
