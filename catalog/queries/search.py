"""Finding products by what somebody types."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from catalog.gtin import is_gtin, to_gtin14
from catalog.models import Barcode, Product


def find_products(products: QuerySet[Product], text: str) -> QuerySet[Product]:
    """Those of the given products that go by this text: SKU, barcode, or a part of the name in any language."""
    text = text.strip()
    if not text:
        return products
    code = to_gtin14(text) if is_gtin(text) else text
    by_barcode = Barcode.objects.filter(code=code).values("product")
    by_name = Q(sku__iexact=text) | Q(name__icontains=text) | Q(names__icontains=text)
    return products.filter(by_name | Q(pk__in=by_barcode))
