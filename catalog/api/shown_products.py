"""A product as the API shows it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from catalog.api.bodies import BarcodeAnswer, PartAnswer, ProductAnswer
from catalog.models import Barcode, BundlePart, Product


def complete_products() -> Any:
    """With all that `shown_product` tells, in a fixed number of queries."""
    barcodes = Prefetch("barcodes", Barcode.objects.order_by("code"))
    parts = Prefetch("parts", BundlePart.objects.order_by("part_id"))
    return Product.objects.select_related("brand", "tax_class").prefetch_related(barcodes, parts, "pictures")


def shown_product(row: Any) -> ProductAnswer:
    """`row` comes from `complete_products`."""
    return ProductAnswer(
        id=row.pk,
        sku=row.sku,
        name=row.name,
        names=row.names,
        description=row.description,
        category=row.category_id,
        brand=row.brand.name if row.brand else None,
        hsn=row.hsn,
        tax_class=row.tax_class.code,
        unit=row.unit,
        sold_by=row.sold_by,
        mrp=row.mrp,
        price=row.price,
        price_is_missing=row.price_is_missing,
        cost=row.cost,
        age_limit=row.age_limit,
        tracks_stock=row.tracks_stock,
        tracks_lots=row.tracks_lots,
        active=row.archived_at is None,
        barcodes=[_barcode(barcode) for barcode in row.barcodes.all()],
        parts=[PartAnswer(product=part.part_id, quantity=part.quantity) for part in row.parts.all()],
        family=row.family_id,
        options=row.options,
        till_position=row.till_position,
        picture=f"/api/v1/products/{row.pk}/picture" if row.pictures.all() else None,
        updated_at=row.updated_at,
    )


def _barcode(barcode: Barcode) -> BarcodeAnswer:
    return BarcodeAnswer(code=barcode.shown, kind=barcode.kind, quantity=barcode.quantity, price=barcode.price)
