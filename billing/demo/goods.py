"""The catalog of a demo shop, from its file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from billing.demo.plans import OrgPlan
from catalog.gtin import check_digit
from catalog.models import Barcode, Brand, Category, Product, TaxClass
from catalog.operations.barcodes import BarcodeInput
from catalog.operations.groups import save_brand, save_category
from catalog.operations.products import save_product
from catalog.operations.scale_labels import create_default_scale_labels
from catalog.operations.tax_classes import create_default_tax_classes, save_tax_class
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Good:
    """A product with what the demo needs to trade it. `code` is what a scanner sends."""

    product: Product
    code: str
    department: str
    shelf_days: int | None


def read(plan: OrgPlan) -> list[dict[str, str]]:
    return _rows(plan.catalog)[:: plan.nth]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def fill_catalog(plan: OrgPlan, *, org: Organization, actor: Actor, at: datetime) -> list[Good]:
    create_default_tax_classes(org=org, actor=actor, at=at)
    create_default_scale_labels(actor=actor, at=at)
    for code, name, rates in plan.tax_classes:
        save_tax_class(TaxClass(code=code, name=name), rates=rates, actor=actor, at=at)
    taxes = {tax_class.code: tax_class for tax_class in TaxClass.objects.all()}
    shelves = Shelves(actor, at)
    southern = {row.pop("sku"): row for row in _rows("names.csv")}
    goods = []
    for row in read(plan):
        product = Product(
            sku=row["sku"],
            name=row["name"],
            names={"hi": row["name_hi"], **southern.get(row["sku"], {})} if row["name_hi"] else {},
            category=shelves.category(row["department"], row["category"]),
            brand=shelves.brand(row["brand"]),
            hsn=row["hsn"],
            tax_class=taxes[row["tax_class"]],
            unit=row["unit"],
            sold_by=row["sold_by"],
            mrp=Decimal(row["mrp"]) if row["mrp"] else None,
            price=Decimal(row["price"]),
            cost=Decimal(row["cost"]),
            tracks_lots=bool(row["shelf_days"]),
        )
        save_product(product, org=org, barcodes=_codes(row), actor=actor, at=at)
        shelf_days = int(row["shelf_days"]) if row["shelf_days"] else None
        goods.append(Good(product, row["gtin"] or row["plu"], row["department"], shelf_days))
    return goods


class Shelves:
    """Categories and brands, made when the first product of theirs comes."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor, self.at = actor, at
        self.categories: dict[tuple[str, str], Category] = {}
        self.brands: dict[str, Brand] = {}

    def category(self, department: str, name: str) -> Category:
        if (department, name) not in self.categories:
            parent = self.category("", department) if department else None
            made = save_category(Category(name=name, parent=parent), actor=self.actor, at=self.at)
            self.categories[department, name] = made
        return self.categories[department, name]

    def brand(self, name: str) -> Brand | None:
        if name and name not in self.brands:
            self.brands[name] = save_brand(Brand(name=name), actor=self.actor, at=self.at)
        return self.brands.get(name)


def _codes(row: dict[str, str]) -> list[BarcodeInput]:
    """The code of the piece, the PLU of a loose one, and the case that some come in."""
    codes = []
    if row["gtin"]:
        codes.append(BarcodeInput(row["gtin"]))
    if row["plu"]:
        codes.append(BarcodeInput(row["plu"], Barcode.Kind.PLU))
    if row["case_of"]:
        body = "1" + row["gtin"][:-1]  # GTIN-14 of a case: an indicator before the piece's own figures
        codes.append(BarcodeInput(body + check_digit(body), quantity=Decimal(row["case_of"])))
    return codes
