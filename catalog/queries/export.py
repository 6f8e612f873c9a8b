"""Products as rows of a table, one for each barcode, in the columns that an import reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from catalog.models import Barcode, Product
from catalog.queries.categories import category_paths
from pantrypal.core.tables.writing import Value

PAGE = 2000


def product_rows() -> Iterator[list[Value]]:
    """In the order of `catalog.importing.columns.OWN_COLUMNS`, by SKU and code; archived products too."""
    paths = category_paths()
    for products in _pages():
        barcodes = _barcodes(product.pk for product in products)
        for product in products:
            about = _about(product, paths)
            for barcode in barcodes.get(product.pk) or [None]:
                yield about + _code(barcode) + _variant(product)


def _pages() -> Iterator[list[Product]]:
    last = ""
    while True:
        rows = Product.objects.select_related("brand", "family", "tax_class").filter(sku__gt=last).order_by("sku")
        products = list(rows[:PAGE])
        if not products:
            return
        yield products
        last = products[-1].sku


def _barcodes(ids: Iterable[UUID]) -> dict[UUID, list[Barcode | None]]:
    found: defaultdict[UUID, list[Barcode | None]] = defaultdict(list)
    for barcode in Barcode.objects.filter(product__in=list(ids)).order_by("code"):
        found[barcode.product_id].append(barcode)
    return found


def _about(product: Product, paths: dict[UUID, str]) -> list[Value]:
    return [
        product.sku,
        product.name,
        str(product.names.get("hi", "")),
        product.description,
        paths.get(product.category_id, "") if product.category_id else "",
        product.brand.name if product.brand else "",
        product.hsn,
        product.tax_class.code,
        product.unit,
        product.sold_by,
        product.mrp,
        product.known_price,
        product.cost,
        product.age_limit,
        _yes(product.tracks_stock),
        _yes(product.tracks_lots),
        _yes(product.archived_at is None),
    ]


def _code(barcode: Barcode | None) -> list[Value]:
    if barcode is None:
        return ["", "", None, None]
    return [barcode.shown, barcode.kind, barcode.quantity, barcode.price]


def _variant(product: Product) -> list[Value]:
    names = [str(product.names.get(language, "")) for language in ("ta", "te", "kn")]
    options = "\n".join(f"{name}: {value}" for name, value in product.options.items())
    return [*names, product.family.name if product.family else "", options]


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
