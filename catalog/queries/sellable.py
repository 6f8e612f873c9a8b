"""Products as a sale needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from catalog.gtin import is_gtin, to_gtin14
from catalog.models import Barcode, Product, TaxRate
from pantrypal.core.money import ZERO

ONE = Decimal("1.000")

PRODUCT_FIELDS = (
    "id", "sku", "name", "names", "hsn", "unit", "sold_by", "mrp", "price", "cost",
    "tax_class_id", "tracks_stock", "tracks_lots", "age_limit", "category_id", "brand_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sellable:
    """A product by one of its codes, ready to become a line: one pack of it at its price."""

    id: UUID
    sku: str
    name: str
    names: dict[str, str]
    hsn: str
    unit: str
    sold_by: str
    mrp: Decimal | None
    price: Decimal
    cost: Decimal | None
    tax_class_id: UUID
    tracks_stock: bool
    tracks_lots: bool
    age_limit: int | None
    category_id: UUID | None = None
    brand_id: UUID | None = None
    barcode: str = ""
    pack: Decimal = ONE

    @property
    def is_weighed(self) -> bool:
        return self.sold_by == Product.SoldBy.WEIGHT


@dataclass(frozen=True, slots=True)
class Rate:
    rate: Decimal
    cess: Decimal


NO_TAX = Rate(ZERO, ZERO)


def sellable_by_id(ids: Iterable[UUID]) -> dict[UUID, Sellable]:
    rows = Product.objects.sellable().filter(pk__in=set(ids)).values(*PRODUCT_FIELDS)
    return {row["id"]: Sellable(**row) for row in rows}


def sellable_by_code(codes: Iterable[str]) -> dict[str, Sellable]:
    """By barcode, PLU or SKU; a code that finds nothing is missing from the answer."""
    wanted = {code: to_gtin14(code) if is_gtin(code) else code for code in codes}
    # An in-house code may look like a GTIN and is kept as it was given.
    kept = set(wanted.values()) | wanted.keys()
    barcodes = {barcode.code: barcode for barcode in Barcode.objects.filter(code__in=kept)}
    items = sellable_by_id(barcode.product_id for barcode in barcodes.values())
    found = {}
    for code, gtin14 in wanted.items():
        barcode = barcodes.get(gtin14) or barcodes.get(code)
        if barcode is not None and (item := items.get(barcode.product_id)):
            found[code] = _as_pack(item, barcode)
    missing = wanted.keys() - found.keys()
    if missing:
        by_sku = Product.objects.sellable().filter(sku__in=missing).values(*PRODUCT_FIELDS)
        found |= {row["sku"]: Sellable(**row) for row in by_sku}
    return found


def _as_pack(item: Sellable, barcode: Barcode) -> Sellable:
    """What this code stands for: one piece, or a pack at its own price."""
    if barcode.quantity == ONE and barcode.price is None:
        return replace(item, barcode=barcode.shown)
    return replace(
        item,
        barcode=barcode.shown,
        pack=barcode.quantity,
        price=item.price * barcode.quantity if barcode.price is None else barcode.price,
        mrp=None if item.mrp is None else item.mrp * barcode.quantity,
    )


def rates_on(day: date, tax_classes: Iterable[UUID]) -> dict[UUID, Rate]:
    """The rate of each class on the day of supply; a class without one is free of tax."""
    rows = (
        TaxRate.objects.filter(tax_class__in=set(tax_classes), valid_from__lte=day)
        .order_by("tax_class_id", "-valid_from")
        .distinct("tax_class_id")
        .values_list("tax_class_id", "rate", "cess")
    )
    return {tax_class: Rate(rate, cess) for tax_class, rate, cess in rows}
