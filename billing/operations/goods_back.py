"""Into which lots goods come back, and at what cost: those they were sold from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from billing.models import CreditNoteLine
from billing.operations.quote import GRAM
from billing.posting.credit_notes import GoodsBack
from inventory.models import StockMove
from pantrypal.core.money import ZERO


def goods_back(bill_id: UUID, lines: Sequence[CreditNoteLine], earlier: Sequence[CreditNoteLine]) -> list[GoodsBack]:
    """The stock of these lines, lot by lot; lots that went out first come back first.

    `earlier` are the lines of the bill's credit notes so far: what they brought back is not there to come
    again. Lines of goods whose stock was not counted at the sale bring nothing; a bundle brings its parts.
    """
    back: list[GoodsBack] = []
    sold = _sold(bill_id)
    came_back = _came_back({line.pk: line.bill_line_id for line in earlier})
    for line in lines:
        for product, levels in sold[line.bill_line_id].items():
            wanted = _share(line, product, levels)
            for place, (lot, quantity, unit_cost) in enumerate(levels):
                # One lot may have been taken in several parts, each at a cost of its own.
                earlier_part = min(quantity, came_back[line.bill_line_id, product, lot])
                came_back[line.bill_line_id, product, lot] -= earlier_part
                some = min(wanted, quantity - earlier_part)
                levels[place] = lot, quantity - earlier_part - some, unit_cost
                if some > 0:
                    back.append(GoodsBack(line, product, lot, some, unit_cost))
                    wanted -= some
    return back


Level = tuple[UUID | None, Decimal, Decimal]
Place = tuple[UUID | None, UUID, UUID | None]


def _sold(bill_id: UUID) -> defaultdict[UUID | None, defaultdict[UUID, list[Level]]]:
    """Of each bill line and product: lot, quantity and cost of what was sold, in the order in which it went out."""
    sold: defaultdict[UUID | None, defaultdict[UUID, list[Level]]] = defaultdict(lambda: defaultdict(list))
    moves = StockMove.objects.filter(document_id=bill_id, kind=StockMove.Kind.SALE).order_by("id")
    for move in moves.values("line_id", "product_id", "lot_id", "quantity", "unit_cost"):
        level = (move["lot_id"], -move["quantity"], move["unit_cost"])
        sold[move["line_id"]][move["product_id"]].append(level)
    return sold


def _share(line: CreditNoteLine, product: UUID, levels: Sequence[Level]) -> Decimal:
    """How much of the product this line's goods are: of a bundle's part, in the proportion of the sale."""
    wanted: Decimal = line.quantity * line.pack
    if product == line.product_id or line.bill_line is None:
        return wanted
    taken = sum((quantity for _lot, quantity, _cost in levels), ZERO)
    share: Decimal = taken * wanted / (line.bill_line.quantity * line.bill_line.pack)
    return share.quantize(GRAM)


def _came_back(bill_lines: Mapping[UUID, UUID | None]) -> defaultdict[Place, Decimal]:
    """Of each bill line, product and lot, by the credit note lines that brought it; those name their bill lines."""
    sums: defaultdict[Place, Decimal] = defaultdict(Decimal)
    moves = StockMove.objects.filter(line_id__in=bill_lines, kind=StockMove.Kind.RETURN)
    for move in moves:
        assert move.line_id is not None
        sums[bill_lines[move.line_id], move.product_id, move.lot_id] += move.quantity
    return sums
