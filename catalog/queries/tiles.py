"""The favourites of a touch till."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from catalog.models import Product

COLOURS = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """`colour` is 0 to 7, the same for all of a category; for a tile without a picture."""

    product: UUID
    name: str
    names: dict[str, str]
    price: Decimal | None
    unit: str
    sold_by: str
    colour: int


def favourites() -> list[Tile]:
    """In the order of the grid."""
    products = Product.objects.sellable().filter(till_position__isnull=False).order_by("till_position", "name")
    rows = products.only("pk", "name", "names", "price", "price_is_missing", "unit", "sold_by", "category_id")
    return [
        Tile(row.pk, row.name, row.names, row.known_price, row.unit, row.sold_by, colour_of(row.category_id))
        for row in rows
    ]


def colour_of(category: UUID | None) -> int:
    return category.int % COLOURS if category else 0
