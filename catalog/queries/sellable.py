"""Products as a sale needs them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from catalog.gtin import as_printed, is_gtin, to_gtin14
from catalog.models import Barcode, Product, TaxRate
from pantrypal.core.money import ZERO
from pantrypal.tenancy.context import require_org_id

ONE = Decimal("1.000")
GRAM = Decimal("0.001")

# Statements of its own: this is asked for with every scan, and the ORM takes longer to write them than the database
# to answer them. The columns are in the order of Sellable's fields.
COLUMNS = sql.SQL(
    "p.id, p.sku, p.name, p.names::text, p.hsn, p.unit, p.sold_by, p.mrp, p.price, p.cost, p.tax_class_id,"
    " p.tracks_stock, p.tracks_lots, p.age_limit, p.category_id, p.brand_id, p.is_bundle,"
    " p.price_is_missing,"
    " CASE WHEN p.is_bundle THEN (SELECT json_agg(json_build_array(part.id, part.name, x.quantity::text))"
    " FROM catalog_bundlepart x JOIN catalog_product part ON part.org_id = x.org_id AND part.id = x.part_id"
    " WHERE x.org_id = p.org_id AND x.bundle_id = p.id AND part.tracks_stock)::text END"
)


def _statement(text: str) -> str:
    return sql.SQL(text).format(columns=COLUMNS).as_string(None)


BY_ID = _statement(
    "SELECT {columns} FROM catalog_product p WHERE p.org_id = %s AND p.archived_at IS NULL AND p.id = ANY(%s)"
)
BY_ID_EVER = _statement("SELECT {columns} FROM catalog_product p WHERE p.org_id = %s AND p.id = ANY(%s)")
BY_SKU = _statement(
    "SELECT {columns} FROM catalog_product p WHERE p.org_id = %s AND p.archived_at IS NULL AND p.sku = ANY(%s)"
)
BY_BARCODE = _statement(
    "SELECT {columns}, b.code, b.kind, b.quantity, b.price"
    " FROM catalog_barcode b JOIN catalog_product p ON p.org_id = b.org_id AND p.id = b.product_id"
    " WHERE b.org_id = %s AND b.code = ANY(%s) AND p.archived_at IS NULL"
)
CODE = 19  # where the barcode's own columns begin


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a product, in its own unit."""

    product: UUID
    name: str
    quantity: Decimal


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
    is_bundle: bool = False
    price_is_missing: bool = False  # nobody has said it; `price` is 0 and means nothing
    parts: tuple[Part, ...] = ()
    barcode: str = ""
    pack: Decimal = ONE
    has_own_price: bool = False  # the code's, whatever its pieces cost

    @property
    def known_price(self) -> Decimal | None:
        """Of this pack, everywhere; None as long as nobody has said it."""
        return None if self.price_is_missing and not self.has_own_price else self.price

    @property
    def is_weighed(self) -> bool:
        return self.sold_by == Product.SoldBy.WEIGHT

    def goods(self, quantity: Decimal = ONE) -> tuple[Part, ...]:
        """What so many of it take from stock: a bundle its parts; nothing of what is not counted."""
        units = quantity * self.pack
        if self.is_bundle:
            return tuple(replace(part, quantity=(part.quantity * units).quantize(GRAM)) for part in self.parts)
        return (Part(self.id, self.name, units.quantize(GRAM)),) if self.tracks_stock else ()


@dataclass(frozen=True, slots=True)
class Rate:
    rate: Decimal
    cess: Decimal


NO_TAX = Rate(ZERO, ZERO)


def sellable_by_id(ids: Iterable[UUID], *, archived: bool = False) -> dict[UUID, Sellable]:
    """`archived`: also what is out of sale by now, for a sale that has happened."""
    wanted = list(set(ids))
    statement = BY_ID_EVER if archived else BY_ID
    return {row[0]: _sellable(row) for row in _read(statement, wanted)} if wanted else {}


def sellable_by_code(codes: Iterable[str]) -> dict[str, Sellable]:
    """By barcode, PLU or SKU; a code that finds nothing is missing from the answer."""
    wanted = {code: to_gtin14(code) if is_gtin(code) else code for code in codes}
    # An in-house code may look like a GTIN and is kept as it was given.
    kept = set(wanted.values()) | wanted.keys()
    barcodes = {row[CODE]: row for row in _read(BY_BARCODE, list(kept))} if kept else {}
    found = {}
    for code, gtin14 in wanted.items():
        row = barcodes.get(gtin14) or barcodes.get(code)
        if row is not None:
            found[code] = _as_pack(_sellable(row), *row[CODE:])
    missing = list(wanted.keys() - found.keys())
    if missing:
        found |= {row[1]: _sellable(row) for row in _read(BY_SKU, missing)}
    return found


def _read(statement: str, wanted: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [require_org_id(), wanted])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _sellable(row: tuple[Any, ...]) -> Sellable:
    values: list[Any] = list(row[:CODE])
    values[3] = json.loads(row[3]) if row[3] != "{}" else {}
    values[-1] = tuple(Part(UUID(pk), name, Decimal(n)) for pk, name, n in json.loads(row[CODE - 1] or "[]"))
    return Sellable(*values)


def _as_pack(item: Sellable, code: str, kind: str, quantity: Decimal, price: Decimal | None) -> Sellable:
    """What this code stands for: one piece, or a pack at its own price."""
    shown = as_printed(code) if kind == Barcode.Kind.GTIN else code
    if quantity == ONE and price is None:
        return replace(item, barcode=shown)
    return replace(
        item,
        barcode=shown,
        pack=quantity,
        has_own_price=price is not None,
        price=item.price * quantity if price is None else price,
        mrp=None if item.mrp is None else item.mrp * quantity,
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
