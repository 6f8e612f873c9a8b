"""What a scan stands for in this organization's catalog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from catalog.models import Product, ScaleLabel
from catalog.models.product import Unit
from catalog.queries.sellable import GRAM, ONE, Sellable, sellable_by_code
from catalog.refusals import UnreadableCode
from catalog.scan import LabelLayout, Measure, Reading, needs_layouts, parse_scan

CURRENCIES = {"356": "INR", "524": "NPR", "144": "LKR", "784": "AED", "826": "GBP", "840": "USD", "978": "EUR"}
# How many of a product's units one unit of a code's measure is.
UNITS = {
    ("kg", Unit.KILOGRAM): ONE,
    ("kg", Unit.GRAM): Decimal(1000),
    ("l", Unit.LITRE): ONE,
    ("l", Unit.MILLILITRE): Decimal(1000),
    ("m", Unit.METRE): ONE,
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """A product ready to become a line, and what its code said besides.

    `quantity` is what one scan of it adds: the weight or count in the code, else one. Where the code carries
    a price, the item is a pack of its own at that price, and `item.pack` is how much stock is in it. `is_measured`:
    the code said how much it is, so nobody need weigh it. `loose` is what is weighed where the code carries a price
    and no weight: `pack` goes by its price everywhere then, and `PriceFacts.by_label` says what it is here and now.
    """

    item: Sellable
    quantity: Decimal = ONE
    lot: str = ""
    expires_on: date | None = None
    best_before: date | None = None
    is_measured: bool = False
    loose: Sellable | None = None


def find_scanned(texts: Iterable[str], *, on: date, currency: str = "INR") -> dict[str, Scanned]:
    """By barcode, GS1 symbol, scale label, own QR, PLU or SKU; what finds nothing is missing from the answer.

    `on` is the store's date, `currency` that of its prices. Raises UnreadableCode for a code that is wrong in itself.
    """
    texts = set(texts)
    layouts = scale_layouts() if any(map(needs_layouts, texts)) else {}
    readings = {text: parse_scan(text, today=on, layouts=layouts) for text in texts}
    codes = {code for of_text in readings.values() for reading in of_text for code in reading.codes}
    items = sellable_by_code(codes)
    found = {}
    for text, of_text in readings.items():
        if hit := _first(of_text, items):
            found[text] = _scanned(*hit, currency)
        elif doubt := next((reading.doubt for reading in of_text if reading.doubt), ""):
            raise UnreadableCode(doubt)
    return found


def scale_layouts() -> dict[str, LabelLayout]:
    return {label.prefix: label.layout() for label in ScaleLabel.objects.all()}


def _first(readings: Iterable[Reading], items: dict[str, Sellable]) -> tuple[Sellable, Reading] | None:
    return next(((items[code], reading) for reading in readings for code in reading.codes if code in items), None)


def _scanned(item: Sellable, reading: Reading, currency: str) -> Scanned:
    measured = _in_units(reading.measure, item) if reading.measure else None
    if reading.measure and measured is None and reading.is_label:
        raise UnreadableCode(_("%s is sold by the piece, and this label carries a weight.") % item.name)
    quantity, loose = measured or reading.count or ONE, None
    if reading.price is not None:
        if reading.currency and CURRENCIES.get(reading.currency) != currency:
            raise UnreadableCode(_("The price in this code is in another currency."))
        loose = item if item.is_weighed and measured is None else None
        item, quantity = _at_price(item, reading, measured), ONE
    is_measured = quantity != ONE or measured is not None or reading.price is not None
    return Scanned(item, quantity, reading.lot, reading.expires_on, reading.best_before, is_measured, loose)


def _in_units(measure: Measure, item: Sellable) -> Decimal | None:
    """In the product's own unit; None for a piece, whose weight says nothing of its price."""
    if not item.is_weighed:
        return None if measure.unit else measure.amount
    factor = UNITS.get((measure.unit, Unit(item.unit))) if measure.unit else ONE
    return None if factor is None else (measure.amount * factor).quantize(GRAM, ROUND_HALF_UP)


def bought(amount: Decimal, price: Decimal) -> Decimal:
    """How much of something one gets for the amount, at the price of a unit of it: to the gram."""
    return max((amount / price).quantize(GRAM, ROUND_HALF_UP), GRAM)


def _at_price(item: Sellable, reading: Reading, measured: Decimal | None) -> Sellable:
    """The item as a pack of its own at the price in the code; a weighed one holds as much as that price buys."""
    assert reading.price is not None
    if not item.is_weighed:
        pieces = measured or reading.count or ONE
        mrp = None if item.mrp is None else item.mrp * pieces
        return replace(item, price=reading.price, mrp=mrp, pack=item.pack * pieces, has_own_price=True)
    if measured is None and not item.price:
        raise UnreadableCode(_("%s has no price from which its weight could be told.") % item.name)
    pack = measured or bought(reading.price, item.price)
    piece = replace(item, unit=Unit.PIECE.value, sold_by=Product.SoldBy.EACH.value)
    return replace(piece, price=reading.price, mrp=None, pack=pack, has_own_price=True)
