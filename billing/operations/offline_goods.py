"""What a register keeps of the catalog, so that it can sell while it is off line. Writes nothing.

Each product comes whole, with its prices in this store as a scan would get them now; the register puts it in the place
of what it had. Nothing of it depends on a customer, and promotions are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from billing.operations.shelf_prices import lot_ceilings, shelf_price
from catalog.models import Barcode
from catalog.queries import (
    ONE,
    Place,
    PriceFacts,
    Scanned,
    Sellable,
    price_facts,
    products_after,
    sellable_by_code,
    sellable_by_id,
)
from catalog.refusals import PriceAboveMrp, PriceMissing
from inventory.queries.ceilings import Ceilings
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store

PAGE = 500  # products


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """Products that have changed, ids of those that are out of sale, and where to go on."""

    goods: list[dict[str, Any]]
    gone: list[UUID]
    place: Place
    more: bool


@dataclass(frozen=True, slots=True)
class _Pricing:
    store: Store
    at: datetime
    facts: PriceFacts
    lots: Ceilings

    def of(self, item: Sellable) -> str | None:
        """None for what must not be sold at its price, above its MRP, and for what has none yet."""
        scan = Scanned(item)
        try:
            price = shelf_price(scan, None, store=self.store, facts=self.facts, lots=self.lots, at=self.at)
        except (PriceAboveMrp, PriceMissing):
            return None
        return format(price.amount, "f")


def goods_page(place: Place, *, store: Store, actor: Actor, at: datetime, size: int = PAGE) -> GoodsPage:
    """The products after `place`, by id or by their changes."""
    require(actor, Permission.SELL, store.pk)
    ids, reached, more = products_after(place, size, at=at)
    items = sellable_by_id(ids)
    codes = _codes(items)
    packs = sellable_by_code(code for of_one in codes.values() for code in of_one)
    pricing = _Pricing(
        store, at, price_facts(items, store=store.pk, at=at), lot_ceilings(items.values(), store=store, at=at)
    )
    goods = [_product(items[pk], [packs[c] for c in codes[pk] if c in packs], pricing) for pk in ids if pk in items]
    return GoodsPage(goods, [pk for pk in ids if pk not in items], reached, more)


def _codes(products: Iterable[UUID]) -> defaultdict[UUID, list[str]]:
    codes: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Barcode.objects.filter(product__in=list(products)).order_by("code").values_list("product", "code")
    for product, code in rows:
        codes[product].append(code)
    return codes


def _product(item: Sellable, packs: Iterable[Sellable], pricing: _Pricing) -> dict[str, Any]:
    return {
        "id": str(item.id),
        "sku": item.sku,
        "name": item.name,
        "names": item.names,
        "hsn": item.hsn,
        "unit": item.unit,
        "weighed": item.is_weighed,
        "tax": str(item.tax_class_id),
        "mrp": _plain(item.mrp),
        "price": pricing.of(item),
        "packs": [_pack(pack, pricing) for pack in packs],
    }


def _pack(pack: Sellable, pricing: _Pricing) -> dict[str, str | None]:
    """A code as it is printed; of one that stands for a single piece no more is said."""
    if pack.pack == ONE and not pack.has_own_price:
        return {"code": pack.barcode}
    return {"code": pack.barcode, "pack": _plain(pack.pack), "price": pricing.of(pack), "mrp": _plain(pack.mrp)}


def _plain(value: Any) -> str | None:
    return None if value is None else format(value, "f")
