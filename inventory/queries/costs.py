"""What goods have cost so far."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from catalog.models import Product
from inventory.models import GoodsReceiptLine


def last_costs(products: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What a piece cost on its last receipt, before charges; for a product never received, its kept cost."""
    wanted = set(products)
    known = Product.objects.filter(pk__in=wanted).values_list("pk", "cost")
    kept = {pk: cost for pk, cost in known if cost is not None}
    newest = GoodsReceiptLine.objects.filter(product__in=wanted).order_by("product_id", "-id").distinct("product_id")
    return kept | dict(newest.values_list("product_id", "unit_cost"))
