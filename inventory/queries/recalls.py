"""Where the goods of a recall are, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from inventory.coverage import Stores, covered
from inventory.models import Recall, RecalledLot, StockLevel, StockMove


@dataclass(frozen=True, slots=True)
class SoldGoods:
    """Of one bill line and lot; `quantity` is what was sold, whether or not it has come back."""

    bill: UUID
    line: UUID
    lot: str
    quantity: Decimal


def recalled_on_hand(recalls: Sequence[UUID], *, stores: Stores) -> dict[UUID, Decimal]:
    """What is still in the stores of each recall's goods, to be put aside."""
    lots = dict(RecalledLot.objects.filter(recall__in=list(recalls)).values_list("lot", "recall"))
    levels = StockLevel.objects.filter(lot__in=list(lots), **covered(stores))
    sums: dict[UUID, Decimal] = {}
    for lot, quantity in levels.values("lot").annotate(sum=Sum("on_hand")).values_list("lot", "sum"):
        sums[lots[lot]] = sums.get(lots[lot], Decimal(0)) + quantity
    return sums


def sold_before_recall(recall: Recall, *, stores: Stores) -> list[SoldGoods]:
    """Every sale of its lots, newest first."""
    lots = RecalledLot.objects.filter(recall=recall).values("lot")
    moves = StockMove.objects.filter(product=recall.product_id, lot__in=lots, kind="sale", **covered(stores))
    sums = moves.values("document_id", "line_id", "lot__code").annotate(sum=Sum("quantity")).order_by("-document_id")
    return [
        SoldGoods(row["document_id"], row["line_id"], row["lot__code"], -row["sum"]) for row in sums if row["line_id"]
    ]
