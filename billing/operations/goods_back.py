"""Into which lots goods come back, and at what cost: those they were sold from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from billing.models import CreditNoteLine
from billing.posting.credit_notes import GoodsBack
from inventory.models import StockMove
from pantrypal.core.money import ZERO


def goods_back(bill_id: UUID, lines: Sequence[CreditNoteLine], earlier: Sequence[CreditNoteLine]) -> list[GoodsBack]:
    """The stock of these lines, lot by lot; lots that went out first come back first.

    `earlier` are the lines of the bill's credit notes so far: what they brought back is not there to come
    again. Lines of goods whose stock was not counted at the sale bring nothing.
    """
    back: list[GoodsBack] = []
    out = _still_out(bill_id, earlier)
    for line in lines:
        wanted = line.quantity * line.pack
        for i, (lot, quantity, unit_cost) in enumerate(out[line.bill_line_id]):
            some = min(wanted, quantity)
            if some > 0:
                back.append(GoodsBack(line, lot, some, unit_cost))
                out[line.bill_line_id][i] = (lot, quantity - some, unit_cost)
                wanted -= some
    return back


Lots = list[tuple[UUID | None, Decimal, Decimal]]


def _still_out(bill_id: UUID, earlier: Sequence[CreditNoteLine]) -> defaultdict[UUID | None, Lots]:
    """Of each bill line: lot, quantity and cost of what was sold and has not come back."""
    out: defaultdict[UUID | None, Lots] = defaultdict(list)
    sold = StockMove.objects.filter(document_id=bill_id, kind=StockMove.Kind.SALE).order_by("id")
    for move in sold.values("line_id", "lot_id", "quantity", "unit_cost"):
        out[move["line_id"]].append((move["lot_id"], -move["quantity"], move["unit_cost"]))
    for line_id, lots in out.items():
        came_back = _came_back([line.pk for line in earlier if line.bill_line_id == line_id])
        out[line_id] = [(lot, quantity - came_back.get(lot, ZERO), cost) for lot, quantity, cost in lots]
    return out


def _came_back(note_lines: Sequence[UUID]) -> dict[UUID | None, Decimal]:
    sums: defaultdict[UUID | None, Decimal] = defaultdict(Decimal)
    moves = StockMove.objects.filter(line_id__in=note_lines, kind=StockMove.Kind.RETURN)
    for lot, quantity in moves.values_list("lot_id", "quantity"):
        sums[lot] += quantity
    return sums
