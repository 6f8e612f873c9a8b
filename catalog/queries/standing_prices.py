"""Prices besides the products' own that hold now or will hold: of stores, of price lists, noted ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from catalog.models import Price

Place = tuple[UUID, UUID | None, UUID | None]


def standing_prices(products: Iterable[UUID], *, at: datetime) -> list[Price]:
    """The newest that has begun in each store and list, and all that are to come, the nearest first.

    Lists that have ended or are archived hold no more.
    """
    over = Q(price_list__archived_at__isnull=False) | Q(price_list__ends_at__lte=at)
    rows = Price.objects.filter(product__in=list(products)).exclude(over).select_related("price_list")
    begun: dict[Place, Price] = {}
    ahead: list[Price] = []
    for row in rows.order_by("valid_from", "id"):
        if row.valid_from > at:
            ahead.append(row)
        elif row.store_id or row.price_list_id:
            begun[row.product_id, row.store_id, row.price_list_id] = row
    return [row for row in (*begun.values(), *ahead) if row.price is not None]
