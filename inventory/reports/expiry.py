"""Lots that expire soon, and those that have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from inventory.markdown import Markdown, suggest_markdown
from inventory.models import StockLevel, StockMove
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO

PACE = timedelta(days=28)
GRAM = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """`value` is what it has cost, exact; `markdown` how far to take the price down, with the arithmetic."""

    store: Store
    lot: UUID
    code: str
    product: UUID
    sku: str
    name: str
    price: Decimal
    expires_on: date
    on_hand: Decimal
    value: Decimal
    sold_a_day: Decimal
    markdown: Markdown

    @property
    def is_expired(self) -> bool:
        return self.markdown.days_left <= 0


def expiring_lots(at: datetime, *, stores: Iterable[Store], within: int = 30) -> list[ExpiringLot]:
    """What is on hand in lots that expire within so many days, or have; the most urgent first."""
    found = [lot for store in stores for lot in _of_store(at, store, within)]
    return sorted(found, key=lambda lot: (lot.expires_on, lot.name, lot.code, lot.store.code))


def _of_store(at: datetime, store: Store, within: int) -> list[ExpiringLot]:
    today = store.document_date(at)
    levels = StockLevel.objects.filter(
        store_id=store.pk, on_hand__gt=0, lot__expires_on__lte=today + timedelta(days=within), lot__recalled_at=None
    )
    rows = list(levels.select_related("product", "lot"))
    pace = _pace(store, {row.product_id for row in rows}, at)
    ahead = _ahead(rows, today)
    return [_expiring(store, row, pace.get(row.product_id, ZERO), ahead[row.pk], today) for row in rows]


def _pace(store: Store, products: set[UUID], at: datetime) -> dict[UUID, Decimal]:
    """Sold a day in the last four weeks, returns taken off."""
    sold = StockMove.objects.filter(
        store_id=store.pk, product__in=products, kind__in=("sale", "return"), at__gt=at - PACE, at__lte=at
    )
    sums = sold.values("product").annotate(sum=Sum("quantity")).values_list("product", "sum")
    return {product: max(-quantity, ZERO) / PACE.days for product, quantity in sums}


def _ahead(rows: Iterable[StockLevel], today: date) -> dict[UUID, Decimal]:
    """Of each level, how much of the same product goes before it, because it expires earlier and may be sold."""
    ahead: dict[UUID, Decimal] = {}
    before: dict[UUID, Decimal] = {}
    for row in sorted(rows, key=lambda row: (row.lot.expires_on, row.pk)):  # type: ignore[union-attr]
        ahead[row.pk] = before.get(row.product_id, ZERO)
        if row.lot.expires_on >= today:  # type: ignore[union-attr,operator]
            before[row.product_id] = ahead[row.pk] + row.on_hand
    return ahead


def _expiring(store: Store, row: StockLevel, pace: Decimal, ahead: Decimal, today: date) -> ExpiringLot:
    lot, product = row.lot, row.product
    assert lot is not None
    assert lot.expires_on is not None
    days_left = (lot.expires_on - today).days + 1
    own_share = max(pace * days_left - ahead, ZERO) / days_left if days_left > 0 else ZERO
    return ExpiringLot(
        store=store,
        lot=lot.pk,
        code=lot.code,
        product=product.pk,
        sku=product.sku,
        name=product.name,
        price=product.price,
        expires_on=lot.expires_on,
        on_hand=row.on_hand,
        value=row.on_hand * row.average_cost,
        sold_a_day=pace.quantize(GRAM),
        markdown=suggest_markdown(on_hand=row.on_hand, sold_a_day=own_share, days_left=days_left),
    )
