"""The last cost of products, as their receipts tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from catalog.models import Product
from pantrypal.journal.models import OutboxEvent


@transaction.atomic
def note_last_costs(costs: Mapping[UUID, Decimal], *, at: datetime) -> None:
    """Cost of one unit, to four places, by product. Part of a receipt, which has asked for the permission.

    Products are locked in the order of their keys, after the stock levels.
    """
    products = Product.objects.filter(pk__in=costs.keys()).order_by("pk").select_for_update(of=("self",), no_key=True)
    changed = [product for product in products if product.cost != costs[product.pk]]
    for product in changed:
        product.cost, product.updated_at = costs[product.pk], at
        OutboxEvent.emit("product.changed", product=str(product.pk))
    Product.objects.bulk_update(changed, ["cost", "updated_at"])
