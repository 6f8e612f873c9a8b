"""How far a count is, without a word of what the books say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from inventory.models import CountScan, StockCount
from inventory.queries.counts import waiting_recounts
from pantrypal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Progress:
    count: StockCount
    products: int
    pieces: Decimal
    people: int
    again: set[UUID]  # to be counted again, and not yet

    def of_product(self, product: UUID, lot: UUID | None) -> Decimal:
        """All that anybody has counted of it so far."""
        scans = CountScan.objects.filter(count=self.count, product=product, lot=lot)
        return scans.aggregate(sum=Sum("quantity"))["sum"] or ZERO


def progress_of(count: StockCount) -> Progress:
    scans = CountScan.objects.filter(count=count)
    sums = scans.aggregate(
        products=Count("product", distinct=True), pieces=Sum("quantity"), people=Count("actor", distinct=True)
    )
    return Progress(count, sums["products"], sums["pieces"] or ZERO, sums["people"], waiting_recounts(count))


def last_scan(count: StockCount, actor: str) -> CountScan | None:
    """The newest one of this person that was not taken back."""
    undone = CountScan.objects.filter(count=count, undoes__isnull=False).values("undoes")
    own = CountScan.objects.filter(count=count, actor=actor, undoes=None).exclude(pk__in=undone)
    return own.select_related("product", "lot").order_by("-at", "-id").first()
