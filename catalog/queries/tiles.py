"""What a touch till shows as tiles: the favourites, and all goods by their categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from catalog.models import Category, Picture, Product

COLOURS = 8
PAGE = 24


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
    return _tiles(products.only(*FIELDS))


def goods_in(category: UUID, page: int) -> tuple[list[Tile], bool]:
    """What lies in the category itself, by name, and whether another page follows. Pages begin at 1."""
    start = (page - 1) * PAGE
    products = Product.objects.sellable().filter(category=category).order_by("name", "pk").only(*FIELDS)
    found = _tiles(products[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


@dataclass(frozen=True, slots=True)
class CategoryTile:
    """`goods` counts what can be sold in it and below; `picture` is of one of them, if there is any."""

    id: UUID
    name: str
    goods: int
    picture: UUID | None
    colour: int


def category_tiles(parent: UUID | None) -> list[CategoryTile]:
    """Those right below `parent`, or the topmost ones, by name; without those in which there is nothing to sell."""
    rows = {pk: (name, above) for pk, name, above in Category.objects.values_list("pk", "name", "parent_id")}
    goods, pictures = dict.fromkeys(rows, 0), _pictures()
    shown: dict[UUID, UUID] = {}
    for category, count in _counts():
        for above in _upwards(category, rows):
            goods[above] += count
            if category in pictures:
                shown.setdefault(above, pictures[category])
    below = [pk for pk, (_name, above) in rows.items() if above == parent and goods[pk]]
    tiles = [CategoryTile(pk, rows[pk][0], goods[pk], shown.get(pk), colour_of(pk)) for pk in below]
    return sorted(tiles, key=lambda tile: tile.name)


FIELDS = ("pk", "name", "names", "price", "price_is_missing", "unit", "sold_by", "category_id")


def _tiles(products: Iterable[Product]) -> list[Tile]:
    return [
        Tile(row.pk, row.name, row.names, row.known_price, row.unit, row.sold_by, colour_of(row.category_id))
        for row in products
    ]


def _counts() -> list[tuple[UUID, int]]:
    products = Product.objects.sellable().filter(category__isnull=False).order_by("category_id")
    return list(products.values_list("category_id").annotate(goods=Count("pk")))


def _pictures() -> dict[UUID, UUID]:
    """Of each category one picture."""
    pictures = Picture.objects.filter(product__archived_at=None, product__category__isnull=False)
    first = pictures.order_by("product__category_id", "pk").distinct("product__category_id")
    return dict(first.values_list("product__category_id", "pk"))


def _upwards(category: UUID, rows: Mapping[UUID, tuple[str, UUID | None]]) -> list[UUID]:
    """The category and those in which it lies."""
    path: list[UUID] = []
    above: UUID | None = category
    while above is not None and above not in path:
        path.append(above)
        above = rows[above][1]
    return path


def colour_of(category: UUID | None) -> int:
    return category.int % COLOURS if category else 0
