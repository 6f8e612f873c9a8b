"""Waste and shrinkage in money, from the ledger: what went without being sold, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from inventory.models import StockMove
from inventory.reports.period import on_days
from inventory.reports.valuation import WORTH
from pantrypal.core.models import Store

Kind = StockMove.Kind
WASTE = (Kind.DAMAGE, Kind.EXPIRY, Kind.OWN_USE)  # known to be gone, and why
SHRINKAGE = (Kind.COUNT, Kind.THEFT, Kind.ADJUSTMENT)  # found missing


@dataclass(frozen=True, slots=True)
class Loss:
    """Of one product in one store for one reason; below zero is gone, above was found. `value` is at cost, exact."""

    store_id: UUID
    product: UUID
    sku: str
    name: str
    kind: str
    reason: str
    quantity: Decimal
    value: Decimal

    @property
    def kind_name(self) -> str:
        return str(Kind(self.kind).label)


def losses(first: date, last: date, *, stores: Iterable[Store], kinds: Collection[Kind]) -> list[Loss]:
    """From the first to the last day, the largest loss first."""
    sums = (
        StockMove.objects.filter(on_days(first, last, stores), kind__in=kinds)
        .values("store_id", "product_id", "product__sku", "product__name", "kind", "reason")
        .annotate(sum=Sum("quantity"), worth=WORTH)
        .order_by("worth", "product__name", "product_id", "kind", "reason")
    )
    return [
        Loss(
            row["store_id"],
            row["product_id"],
            row["product__sku"],
            row["product__name"],
            row["kind"],
            row["reason"],
            row["sum"],
            row["worth"],
        )
        for row in sums
    ]


def sold_at_cost(first: date, last: date, *, stores: Iterable[Store]) -> Decimal:
    """What the goods had cost that were sold in the same days: the measure of a loss."""
    sold = StockMove.objects.filter(on_days(first, last, stores), kind__in=(Kind.SALE, Kind.RETURN))
    return -(sold.aggregate(worth=WORTH)["worth"] or Decimal(0))
