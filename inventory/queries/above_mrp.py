"""Goods whose price here and now, by whatever list or store, is above an MRP printed on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Sum, When
from django.db.models.functions import Coalesce

from catalog.prices import unit_price
from catalog.queries import price_facts
from inventory.models import StockLevel
from pantrypal.core.models import Store


@dataclass(frozen=True, slots=True)
class Overpriced:
    """`lot` only where it bears an MRP of its own."""

    product: UUID
    lot: UUID | None
    on_hand: Decimal


def overpriced(store: Store, products: Collection[UUID] | None, *, at: datetime) -> list[Overpriced]:
    """Of these products (None: all) that are in the store. The price is the one a till would ask, before discounts;
    nothing where the country knows no MRP."""
    if not store.org.has_mrp_ceiling:
        return []
    rows = list(_marked(store, products))
    if not rows:
        return []
    facts = price_facts({row["product"] for row in rows}, store=store.pk, at=at)
    lists = [rule for rule in facts.rules.price_lists if rule.holds(store.pk, at)]
    found = []
    for row in rows:
        usual = None if row["product__price_is_missing"] else row["product__price"]
        price = unit_price(usual, facts.prices.get(row["product"], ()), lists)
        if price is not None and price.amount > row["printed"]:
            found.append(Overpriced(row["product"], row["of_lot"], row["sum"]))
    return found


def _marked(store: Store, products: Collection[UUID] | None) -> Any:
    """Each MRP that is on hand: of a lot, or of the product for all lots that bear none of their own."""
    levels = StockLevel.objects.filter(store_id=store.pk, on_hand__gt=0, product__archived_at=None)
    if products is not None:
        levels = levels.filter(product__in=products)
    marked = levels.annotate(
        printed=Coalesce("lot__mrp", "product__mrp"), of_lot=Case(When(lot__mrp__isnull=False, then=F("lot")))
    )
    told = ("product", "of_lot", "printed", "product__price", "product__price_is_missing")
    return marked.filter(printed__isnull=False).values(*told).annotate(sum=Sum("on_hand"))
