"""A list onto which anything may be scanned; its lines live in the form of the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict

from catalog.models import Product
from inventory.models import Lot
from inventory.views.picking import Pick, PickList
from inventory.views.scanning import ScannedGoods
from pantrypal.core.queries import as_uuid


def listed(posted: QueryDict) -> list[Pick]:
    """The lines that the form names, with their rows."""
    keys = [name.removeprefix("q-") for name in posted if name.startswith("q-")]
    pairs = [(as_uuid(product), as_uuid(lot)) for product, _dot, lot in (key.partition(".") for key in keys)]
    products = Product.objects.in_bulk([product for product, _lot in pairs if product])
    lots = Lot.objects.in_bulk([lot for _product, lot in pairs if lot])
    return [_pick(key, products, lots) for key, (product, _lot) in zip(keys, pairs, strict=True) if product in products]


def line_for(picks: PickList, goods: ScannedGoods) -> Pick:
    """The list's line for these goods; a new one where there is none."""
    key = f"{goods.item.id}.{goods.lot or ''}"
    pick = next((pick for pick in picks.picks if pick.key == key), None)
    if pick is None:
        lots = Lot.objects.in_bulk([goods.lot] if goods.lot else [])
        pick = _pick(key, Product.objects.in_bulk([goods.item.id]), lots)
        picks.picks.append(pick)
    return pick


def _pick(key: str, products: dict[Any, Product], lots: dict[Any, Lot]) -> Pick:
    product, _dot, lot = key.partition(".")
    return Pick(key, products[UUID(product)], lots.get(as_uuid(lot)))
