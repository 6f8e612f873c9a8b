"""What each thing in a cart costs here and now, before any discount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.prices import UnitPrice, at_most
from catalog.queries import PriceFacts, Scanned, Sellable
from catalog.refusals import PriceAboveMrp
from inventory.queries.ceilings import ceilings
from pantrypal.core.models import Store
from pantrypal.core.money import round_money


def shelf_prices(
    scans: Sequence[Scanned],
    by_hand: Sequence[Decimal | None],
    *,
    store: Store,
    facts: PriceFacts,
    at: datetime,
) -> list[UnitPrice]:
    """The price of each scan, a whole pack where it is one, with the sentence why it is not the usual one.

    Where the country has that ceiling, nothing is above an MRP: not above the lowest one that a pack in this store
    may bear, and a price above the product's own, or one given by hand above either, is refused. Raises PriceAboveMrp.
    """
    places = store.org.places
    prices = [
        facts.price_of(scan.item, store=store.pk, at=at) if price is None else UnitPrice(price, _("Price set by hand"))
        for scan, price in zip(scans, by_hand, strict=True)
    ]
    if store.org.has_mrp_ceiling:
        lots = {scan.item.id for scan in scans if scan.item.tracks_lots}
        by_lot = ceilings(lots, store=store.pk, on=store.document_date(at))
        for i, scan in enumerate(scans):
            ceiling = by_lot.of(scan.item.id, scan.lot)
            highest = None if ceiling is None else round_money(ceiling * scan.item.pack, places)
            if by_hand[i] is None:
                prices[i] = at_most(prices[i], highest)
            else:
                _require_under_mrp(scan.item, prices[i].amount, highest)
    rounded = [replace(price, amount=round_money(price.amount, places)) for price in prices]
    if store.org.has_mrp_ceiling:
        for scan, price in zip(scans, rounded, strict=True):
            _require_under_mrp(scan.item, price.amount, scan.item.mrp)
    return rounded


def _require_under_mrp(item: Sellable, price: Decimal, mrp: Decimal | None) -> None:
    if mrp is not None and price > mrp:
        raise PriceAboveMrp(
            _("%(product)s costs %(price)s, above its MRP of %(mrp)s. Please correct the price.")
            % {"product": item.name, "price": price, "mrp": mrp},
            product=str(item.id),
        )
