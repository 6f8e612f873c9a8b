"""What was there at a moment, and what it was worth at cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Sum

from inventory.coverage import Stores, covered
from inventory.models import StockMove
from pantrypal.core.fields import MoneyField

WORTH = Sum(F("quantity") * F("unit_cost"), output_field=MoneyField())


@dataclass(frozen=True, slots=True)
class Holding:
    """Of one product in one store. `value` is exact: rounding it to money is up to who shows it."""

    store_id: UUID
    product: UUID
    sku: str
    name: str
    category: str
    quantity: Decimal
    value: Decimal


def stock_value(at: datetime, *, stores: Stores, product: UUID | None = None) -> list[Holding]:
    """The sum of all moves up to a moment, by store and product name; what adds up to nothing is left out.

    Goods count at the cost they came and left at, so the value is the ledger's own, whatever has happened since.
    """
    moves = StockMove.objects.filter(at__lte=at, **covered(stores))
    if product is not None:
        moves = moves.filter(product=product)
    sums = (
        moves.values("store_id", "product_id", "product__sku", "product__name", "product__category__name")
        .annotate(sum=Sum("quantity"), worth=WORTH)
        .exclude(Q(sum=0) & Q(worth=0))
        .order_by("product__name", "product_id", "store_id")
    )
    return [
        Holding(
            row["store_id"],
            row["product_id"],
            row["product__sku"],
            row["product__name"],
            row["product__category__name"] or "",
            row["sum"],
            row["worth"],
        )
        for row in sums
    ]
