"""What was counted, held against the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from inventory.counting import Move, Verdict, is_outlier, judge
from inventory.models import CountScan, Recount, StockCount, StockLevel, StockMove
from pantrypal.core.money import ZERO

Place = tuple[UUID, UUID | None]  # product and lot; without a lot, the product whole


@dataclass(frozen=True, slots=True)
class Seen:
    """All scans of one place, added up."""

    quantity: Decimal
    first: datetime
    last: datetime
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tallied:
    product: UUID
    lot: UUID | None
    seen: Seen
    verdict: Verdict
    unit_cost: Decimal
    is_missing: bool  # nobody has scanned it
    is_outlier: bool


def tally(count: StockCount, *, at: datetime) -> list[Tallied]:
    """Each place that was scanned, and what a full count or that of a category has not found."""
    seen = dict(scanned(count))
    missing = _missing(count, {product for product, _lot in seen})
    seen |= {(product, None): Seen(ZERO, count.started_at, at) for product in missing}
    books = _Books(
        count.store_id, {product for product, _lot in seen}, min((s.first for s in seen.values()), default=at)
    )
    counted_again = set(Recount.objects.filter(count=count).values_list("product", flat=True))
    return [
        _tallied(place, one, books, is_missing=place[0] in missing, is_again=place[0] in counted_again)
        for place, one in seen.items()
    ]


def scanned(count: StockCount) -> Iterable[tuple[Place, Seen]]:
    """Scans that still count: not taken back, and younger than the last call to count again.

    A product is told apart by lots where every scan of it names one.
    """
    asked = dict(Recount.objects.filter(count=count).order_by("asked_at").values_list("product", "asked_at"))
    scans = list(CountScan.objects.filter(count=count).order_by("at", "id"))
    undone = {scan.undoes_id for scan in scans}
    of_product: defaultdict[UUID, list[CountScan]] = defaultdict(list)
    for scan in scans:
        is_stale = scan.product_id in asked and scan.at <= asked[scan.product_id]
        if scan.undoes_id is None and scan.pk not in undone and not is_stale:
            of_product[scan.product_id].append(scan)
    for product, of_it in of_product.items():
        by_lots = all(scan.lot_id for scan in of_it)
        for lot in {scan.lot_id for scan in of_it} if by_lots else {None}:
            chosen = [scan for scan in of_it if not by_lots or scan.lot_id == lot]
            people = frozenset(scan.actor for scan in chosen)
            yield (product, lot), Seen(sum((s.quantity for s in chosen), ZERO), chosen[0].at, chosen[-1].at, people)


def waiting_recounts(count: StockCount) -> set[UUID]:
    """Products that were to be counted again and have not been."""
    asked = set(Recount.objects.filter(count=count).values_list("product", flat=True))
    return asked and asked - {product for (product, _lot), _seen in scanned(count)}


def _missing(count: StockCount, found: Collection[UUID]) -> set[UUID]:
    if count.scope == StockCount.Scope.CYCLE:
        return set()
    levels = StockLevel.objects.filter(store_id=count.store_id).exclude(on_hand=0)
    if count.scope == StockCount.Scope.CATEGORY:
        levels = levels.filter(product__category=count.category_id)
    return set(levels.values_list("product", flat=True)) - set(found)


class _Books:
    """Levels of now and moves since then, of a store's products."""

    def __init__(self, store: UUID, products: Collection[UUID], since: datetime) -> None:
        self.levels: defaultdict[UUID, dict[UUID | None, tuple[Decimal, Decimal]]] = defaultdict(dict)
        self.moves: defaultdict[UUID, list[tuple[UUID | None, Move]]] = defaultdict(list)
        rows = StockLevel.objects.filter(store_id=store, product__in=products)
        for product, lot, on_hand, cost in rows.values_list("product", "lot", "on_hand", "average_cost"):
            self.levels[product][lot] = on_hand, cost
        moves = StockMove.objects.filter(store_id=store, product__in=products, at__gte=since)
        for product, lot, quantity, at in moves.values_list("product", "lot", "quantity", "at"):
            self.moves[product].append((lot, Move(quantity, at)))

    def on_hand(self, product: UUID, lot: UUID | None) -> Decimal:
        levels = self.levels[product]
        return levels.get(lot, (ZERO, ZERO))[0] if lot else sum((on_hand for on_hand, _cost in levels.values()), ZERO)

    def since(self, product: UUID, lot: UUID | None, first: datetime) -> list[Move]:
        return [move for of, move in self.moves[product] if (lot is None or of == lot) and move.at >= first]

    def unit_cost(self, product: UUID, lot: UUID | None) -> Decimal:
        levels = self.levels[product]
        own = levels.get(lot)
        return own[1] if own else max((cost for _on_hand, cost in levels.values()), default=ZERO)


def _tallied(place: Place, seen: Seen, books: _Books, *, is_missing: bool, is_again: bool) -> Tallied:
    moves = books.since(*place, seen.first)
    verdict = judge(seen.quantity, books.on_hand(*place), moves, last=seen.last)
    cost = books.unit_cost(*place)
    doubtful = not is_again and is_outlier(verdict, cost)
    return Tallied(*place, seen, verdict, cost, is_missing, doubtful)
