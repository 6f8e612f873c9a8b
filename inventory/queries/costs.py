"""What goods have cost so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from catalog.models import Product
from inventory.models import GoodsReceiptLine, PurchaseOrderLine, Supplier
from inventory.queries.purchasing import prices_on
from pantrypal.core.money import round_money


def last_costs(products: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What a piece cost on its last receipt, before charges; for a product never received, its kept cost."""
    wanted = set(products)
    known = Product.objects.filter(pk__in=wanted).values_list("pk", "cost")
    kept = {pk: cost for pk, cost in known if cost is not None}
    newest = GoodsReceiptLine.objects.filter(product__in=wanted).order_by("product_id", "-id").distinct("product_id")
    return kept | dict(newest.values_list("product_id", "unit_cost"))


def expected_costs(
    products: Iterable[UUID], *, supplier: Supplier, on: date, awaited: Mapping[UUID, PurchaseOrderLine]
) -> dict[UUID, Decimal]:
    """What a piece should cost: as ordered, else as the supplier asks, else as the last time."""
    wanted = set(products)
    asked = prices_on(on, supplier, wanted)
    costs = last_costs(wanted) | {pk: round_money(price.price / price.pack, 4) for pk, price in asked.items()}
    return costs | {pk: round_money(line.pack_price / line.pack, 4) for pk, line in awaited.items()}
