"""Finding products by what somebody types: words of the name in any language, brand, SKU or barcode."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When

from catalog.gtin import is_gtin, to_gtin14
from catalog.models import Product
from catalog.queries.sellable import Sellable, sellable_by_id

LONGEST = 200
MOST = 200


def search(text: str, limit: int = 20) -> list[Sellable]:
    """What is sold and goes by this text, best first; small typing mistakes are forgiven."""
    ids = search_ids(text, limit)
    items = sellable_by_id(ids)
    return [items[pk] for pk in ids if pk in items]


def search_ids(text: str, limit: int = MOST, *, archived: bool | None = False) -> list[UUID]:
    """As `search`, by id, also of those out of sale (True) or of all (None). The order: catalog/sql/search.sql."""
    text = text.replace("\0", "").strip()[:LONGEST]
    if not text:
        return []
    codes = [text, to_gtin14(text)] if is_gtin(text) else [text]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_search(%s, %s, %s, %s)", [text, codes, limit, archived])
        found = dict.fromkeys(row[0] for row in cursor.fetchall())
    return list(found)[:limit]


def find_products(products: QuerySet[Product], text: str, *, archived: bool | None = False) -> QuerySet[Product]:
    """Those of the given products that go by this text, at most 200, best first."""
    if not text.strip():
        return products
    ids = search_ids(text, archived=archived)
    if not ids:
        return products.none()
    ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(ids)]
    return products.filter(pk__in=ids).order_by(Case(*ranks, output_field=IntegerField()))
