"""A sheet of labels as PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.labels.sheets import SHEETS
from catalog.labels.symbols import Symbol, symbol_of
from catalog.labels.unit_price import unit_price
from catalog.models import Barcode, Product
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.templatetags.pantrypal import money
from pantrypal.core.typesetting import press

TEMPLATE = Path(__file__).resolve().parent / "templates" / "labels.typ"
MOST_LABELS = 2000


class Style(StrEnum):
    """A label on the pack, one on the shelf with price, unit price and MRP, or the bare code."""

    PACK = "pack"
    SHELF = "shelf"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """`skip` labels of the first sheet are used up already."""

    sheet: str
    style: Style = Style.PACK
    symbol: Symbol = Symbol.BARS
    copies: int = 1
    skip: int = 0


def labels_as_pdf(products: Sequence[Product], order: LabelOrder, *, org: Organization, at: datetime) -> bytes:
    """In the order of the products. Raises Invalid for more labels than go at once."""
    if len(products) * order.copies > MOST_LABELS:
        raise Invalid(_("At most %s labels go at once.") % MOST_LABELS)
    sheet = SHEETS[order.sheet]
    codes = _codes(products)
    labels = [_label(product, codes[product.pk], order, org) for product in products]
    data: dict[str, Any] = {
        "style": order.style,
        "page": [*map(str, sheet.page)],
        "label": [*map(str, sheet.label)],
        "margin": [*map(str, sheet.margin)],
        "gap": [*map(str, sheet.gap)],
        "columns": sheet.columns,
        "rows": sheet.rows,
        "skip": order.skip % sheet.count,
        "copies": order.copies,
        "labels": labels,
    }
    return press(TEMPLATE).print(data, at)


def _codes(products: Sequence[Product]) -> defaultdict[UUID, list[Barcode]]:
    codes: defaultdict[UUID, list[Barcode]] = defaultdict(list)
    for code in Barcode.objects.filter(product__in=products).order_by("code"):
        codes[code.product_id].append(code)
    return codes


def _label(product: Product, codes: list[Barcode], order: LabelOrder, org: Organization) -> dict[str, Any]:
    drawn = symbol_of(product, codes, order.symbol)
    per_unit = unit_price(product, org.places)
    price = "" if product.price_is_missing else money(product.price, org.currency)
    is_loose = product.sold_by == Product.SoldBy.WEIGHT
    return {
        "name": product.name,
        "other_name": next((name for name in product.names.values() if name and name != product.name), ""),
        "price": price + (f" / {product.get_unit_display()}" if price and is_loose else ""),
        "mrp": _("MRP %s") % money(product.mrp, org.currency) if product.mrp is not None else "",
        "unit_price": f"{money(per_unit[0], org.currency)} / {per_unit[1]}" if per_unit and not is_loose else "",
        "sku": product.sku,
        "code": drawn.text,
        "symbol": drawn.svg,
        "modules": drawn.modules,
        "is_square": order.symbol == Symbol.QR,
    }
