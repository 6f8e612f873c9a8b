"""Lines of a sale that was made off line: its paper is in the customer's hand, and the books say the same.

A till that is off line sells at the shelf prices and rates that it knew last, without promotions. What the catalog
says by now changes nothing on such a line.
"""

from __future__ import annotations

from dataclasses import replace

from billing.sale import SaleLine
from catalog.models import Product
from catalog.models.product import Unit
from catalog.queries import Scanned, Sellable


def as_printed(line: SaleLine, item: Sellable) -> Scanned:
    """The product as that line sold it: that pack of it, under that code."""
    printed = line.printed
    assert printed is not None
    mrp = None if item.mrp is None else item.mrp * printed.pack
    sold = replace(item, barcode=printed.code, pack=printed.pack, price=printed.price, mrp=mrp, has_own_price=True)
    if printed.by_piece:
        return Scanned(replace(sold, mrp=None, unit=Unit.PIECE.value, sold_by=Product.SoldBy.EACH.value))
    if line.quantity % 1:  # weighed then, whatever it is now
        return Scanned(replace(sold, sold_by=Product.SoldBy.WEIGHT.value))
    return Scanned(sold)
