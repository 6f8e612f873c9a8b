"""What each thing in a cart costs here and now, before any discount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.prices import UnitPrice, at_most
from catalog.queries import PriceFacts, Scanned, Sellable
from catalog.refusals import PriceAboveMrp
from inventory.queries.ceilings import Ceilings, ceilings
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
    lots = lot_ceilings((scan.item for scan in scans), store=store, at=at)
    return [
        shelf_price(scan, price, store=store, facts=facts, lots=lots, at=at)
        for scan, price in zip(scans, by_hand, strict=True)
    ]


def lot_ceilings(items: Iterable[Sellable], *, store: Store, at: datetime) -> Ceilings:
    """The MRPs that their packs in this store bear; none where the country has no such ceiling."""
    lots = {item.id for item in items if item.tracks_lots} if store.org.has_mrp_ceiling else ()
    return ceilings(lots, store=store.pk, on=store.document_date(at))


def shelf_price(
    scan: Scanned, by_hand: Decimal | None, *, store: Store, facts: PriceFacts, lots: Ceilings, at: datetime
) -> UnitPrice:
    """As `shelf_prices`, of one scan."""
    places = store.org.places
    if by_hand is None:
        price = facts.price_of(scan.item, store=store.pk, at=at)
    else:
        price = UnitPrice(by_hand, _("Price set by hand"))
    if store.org.has_mrp_ceiling:
        ceiling = lots.of(scan.item.id, scan.lot)
        highest = None if ceiling is None else round_money(ceiling * scan.item.pack, places)
        if by_hand is None:
            price = at_most(price, highest)
        else:
            _require_under_mrp(scan.item, price.amount, highest)
    rounded = replace(price, amount=round_money(price.amount, places))
    if store.org.has_mrp_ceiling:
        _require_under_mrp(scan.item, rounded.amount, scan.item.mrp)
    return rounded


def _require_under_mrp(item: Sellable, price: Decimal, mrp: Decimal | None) -> None:
    if mrp is not None and price > mrp:
        raise PriceAboveMrp(
            _("%(product)s costs %(price)s, above its MRP of %(mrp)s. Please correct the price.")
            % {"product": item.name, "price": price, "mrp": mrp},
            product=str(item.id),
        )
