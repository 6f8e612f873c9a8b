"""Lots that the packs in hand name: what a scan says of expiry, and which of the stock's lots it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.operations.quote import Quote, QuotedLine
from billing.refusals import ExpiredLot, RecalledLot
from inventory.models import Lot, StockLevel
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
        _require_sellable(line, lots.get((line.item.id, line.lot)), on)
    return _with_enough(quote, lots) if lots else {}


def _require_sellable(line: QuotedLine, lot: Lot | None, on: date) -> None:
    if lot is not None and lot.recalled_at is not None:
        raise RecalledLot(
            _("Lot %(lot)s of %(product)s has been recalled and must not be sold. Please put it aside.")
            % {"lot": lot.code, "product": line.item.name}
        )
    dates = [day for day in (line.expires_on, lot.expires_on if lot else None) if day is not None]
    if dates and min(dates) < on:
        raise ExpiredLot(
            _("This %(product)s expired on %(date)s and must not be sold.")
            % {"product": line.item.name, "date": date_format(min(dates))}
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
