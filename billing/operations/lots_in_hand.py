"""Lots that the packs in hand name: what a scan says of expiry, and which of the stock's lots it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.operations.quote import Quote, QuotedLine
from billing.refusals import ExpiredLot, RecalledLot
from catalog.queries import Scanned
from inventory.models import Lot, StockLevel
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO

LotKey = tuple[UUID, str]


def lots_to_take(quote: Quote, *, on: date, is_past: bool) -> dict[LotKey, UUID]:
    """The lots that the packs in hand are of, by product and code, where the store's books hold enough of them.

    A pack that says it has expired, or whose lot has expired or was recalled, is not sold; what was sold off line
    (`is_past`) has happened. `on` is the store's date; the day of expiry is the last day of sale.
    Raises ExpiredLot, RecalledLot.
    """
    lots = _lots_of(quote.lines)
    if is_past:
        return {}
    for line in quote.lines:
        _require_sellable(line.item.name, line.expires_on, lots.get((line.item.id, line.lot)), on)
    return _with_enough(quote, lots) if lots else {}


def require_scan_sellable(scan: Scanned, *, store: Store, at: datetime) -> None:
    """What may not be sold goes into no cart: a pack that says it has expired, one whose lot has expired or was
    recalled, and any of a product of which only recalled lots are left. Raises ExpiredLot, RecalledLot.
    """
    item = scan.item
    lot = Lot.objects.filter(product=item.id, code=scan.lot).first() if scan.lot else None
    _require_sellable(item.name, scan.expires_on, lot, store.document_date(at))
    if lot is None and item.tracks_lots and (stopped := _recalled([item.id], store)):
        _require_enough_without(stopped, {item.id: Decimal("0.001")}, {item.id: item.name}, store)


def require_enough_without_recalled(quote: Quote) -> None:
    """Where a store sells what its books do not have, it is not what lies there recalled. Raises RecalledLot."""
    store = quote.basket.store
    wanted: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    names = {}
    for line in quote.lines:
        for goods in line.item.goods(line.quantity):
            wanted[goods.product] += goods.quantity
            names[goods.product] = goods.name
    if stopped := _recalled(list(wanted), store):
        _require_enough_without(stopped, wanted, names, store)


def _recalled(products: Sequence[UUID], store: Store) -> set[UUID]:
    """Those of which recalled lots lie in the store."""
    levels = StockLevel.objects.filter(store_id=store.pk, product__in=products, on_hand__gt=0)
    return set(levels.filter(lot__recalled_at__isnull=False).values_list("product", flat=True))


def _require_enough_without(
    stopped: set[UUID], wanted: Mapping[UUID, Decimal], names: Mapping[UUID, str], store: Store
) -> None:
    levels = StockLevel.objects.filter(store_id=store.pk, product__in=stopped, lot__recalled_at=None, on_hand__gt=0)
    good = dict(levels.values_list("product").annotate(sum=Sum("on_hand")))
    for product in sorted(stopped):
        if good.get(product, ZERO) < wanted[product]:
            raise recalled_goods(names[product])


def recalled_goods(name: str) -> RecalledLot:
    return RecalledLot(_("%s has been recalled and must not be sold. Please put it aside.") % name)


def _require_sellable(name: str, expires_on: date | None, lot: Lot | None, on: date) -> None:
    if lot is not None and lot.recalled_at is not None:
        raise RecalledLot(
            _("Lot %(lot)s of %(product)s has been recalled and must not be sold. Please put it aside.")
            % {"lot": lot.code, "product": name}
        )
    dates = [day for day in (expires_on, lot.expires_on if lot else None) if day is not None]
    if dates and min(dates) < on:
        raise ExpiredLot(
            _("This %(product)s expired on %(date)s and must not be sold.")
            % {"product": name, "date": date_format(min(dates))}
        )


def _lots_of(lines: Sequence[QuotedLine]) -> dict[LotKey, Lot]:
    keys = {(line.item.id, line.lot) for line in lines if line.lot}
    if not keys:
        return {}
    products, codes = zip(*keys, strict=True)
    found = Lot.objects.filter(product__in=products, code__in=codes)
    return {(lot.product_id, lot.code): lot for lot in found if (lot.product_id, lot.code) in keys}


def _with_enough(quote: Quote, lots: dict[LotKey, Lot]) -> dict[LotKey, UUID]:
    """Books that hold less of a lot than there is in hand are wrong about lots, not about the goods: first
    expired, first out finds what there is."""
    wanted: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for line in quote.lines:
        if lot := lots.get((line.item.id, line.lot)):
            wanted[lot.pk] += line.quantity * line.item.pack
    levels = StockLevel.objects.filter(store_id=quote.basket.store.pk, lot__in=wanted)
    on_hand = dict(levels.values_list("lot_id", "on_hand"))
    return {key: lot.pk for key, lot in lots.items() if on_hand.get(lot.pk, ZERO) >= wanted[lot.pk]}
