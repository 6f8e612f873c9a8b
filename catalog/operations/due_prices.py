"""Prices that were noted ahead and have begun, put on their products: for lists, labels and exports.

A sale needs none of this: it reads the prices themselves (catalog/sql/price_facts.sql).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from catalog.models import Price, Product
from catalog.operations.noting import noted_by
from pantrypal.journal.models import OutboxEvent

# How far back a pass looks: longer than any outage of the workers that nobody notices.
LOOKS_BACK = timedelta(days=7)


@transaction.atomic
def put_due_prices(*, at: datetime) -> int:
    """Returns how many products show another price now. Doing it twice changes nothing."""
    begun = Price.objects.filter(store_id=None, price_list=None, valid_from__range=(at - LOOKS_BACK, at))
    newest = dict(begun.order_by("valid_from", "id").values_list("product_id", "price"))
    products = Product.objects.filter(pk__in=newest).order_by("pk").select_for_update(of=("self",), no_key=True)
    changed = [row for row in products if newest[row.pk] is not None and row.known_price != newest[row.pk]]
    noted_by("PantryPal", at)
    for row in changed:
        row.put_price(newest[row.pk])
        row.updated_at = at
    Product.objects.bulk_update(changed, ["price", "price_is_missing", "updated_at"], batch_size=1000)
    events = [OutboxEvent(topic="product.changed", payload={"product": str(row.pk)}) for row in changed]
    OutboxEvent.objects.bulk_create(events, batch_size=1000)
    return len(changed)
