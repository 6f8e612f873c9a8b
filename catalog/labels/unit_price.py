"""The price of a kilogram, litre or metre, which a shelf has to show beside that of the pack.

Source: Legal Metrology (Packaged Commodities) Rules, rule 6(11): per gram or millilitre below one kilogram or litre
is allowed too; a shelf is easier to compare when all of it is per kilogram or litre.
"""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.models import Product
from catalog.models.product import Unit
from pantrypal.core.money import round_money

# How many of the unit that is compared one of these is.
SIZES = {
    "kg": ("kg", Decimal(1)), "g": ("kg", Decimal("0.001")), "l": ("l", Decimal(1)), "ltr": ("l", Decimal(1)),
    "litre": ("l", Decimal(1)), "ml": ("l", Decimal("0.001")), "m": ("m", Decimal(1)),
}  # fmt: skip
CONTENT = re.compile(r"(?:(\d+)\s*[x×]\s*)?(\d+(?:\.\d+)?)\s*(kg|gm?|ltr|litre|ml|l|m)\b", re.IGNORECASE)


def content_of(product: Product) -> tuple[Decimal, str] | None:
    """What one of it holds, in kg, l or m: by its unit, or by the one measure in its name ("3 x 100 g")."""
    if product.unit != Unit.PIECE:
        unit, size = SIZES[product.unit]
        return size, unit
    found = CONTENT.findall(product.name)
    if len(found) != 1:
        return None
    times, amount, word = found[0]
    unit, size = SIZES[word.lower().replace("gm", "g")]
    content = Decimal(times or 1) * Decimal(amount) * size
    return (content, unit) if content else None


def unit_price(product: Product, places: int) -> tuple[Decimal, str] | None:
    """Price and unit; None where nothing tells the content or the price, or the pack is that unit itself."""
    content = content_of(product)
    if content is None or product.price_is_missing or (content[0] == 1 and product.unit == Unit.PIECE):
        return None
    amount, unit = content
    return round_money(product.price / amount, places), unit
