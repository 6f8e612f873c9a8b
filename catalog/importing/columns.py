"""Which column holds what: the words that lists of several countries put over their columns.

The words are compared without accents, signs and case; the order of the rules matters, because "MPC za
vrijeme posebnog oblika prodaje" (price during a promotion) begins like "MPC" (price).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Column(StrEnum):
    NAME = "name"
    NAME_HI = "name_hi"
    NAME_TA = "name_ta"
    NAME_TE = "name_te"
    NAME_KN = "name_kn"
    SKU = "sku"
    BARCODE = "barcode"
    BARCODE_KIND = "barcode_kind"
    PACK_QUANTITY = "pack_quantity"
    PACK_PRICE = "pack_price"
    PRICE = "price"
    PROMOTION_PRICE = "promotion_price"
    MRP = "mrp"
    COST = "cost"
    BRAND = "brand"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    UNIT = "unit"
    NET_QUANTITY = "net_quantity"
    SOLD_BY = "sold_by"
    HSN = "hsn"
    TAX_CLASS = "tax_class"
    TAX_RATE = "tax_rate"
    DESCRIPTION = "description"
    AGE_LIMIT = "age_limit"
    TRACKS_STOCK = "tracks_stock"
    TRACKS_LOTS = "tracks_lots"
    ACTIVE = "active"
    FAMILY = "family"
    OPTIONS = "options"


COLUMN_NAMES = {
    Column.NAME: _("Name"),
    Column.NAME_HI: _("Hindi name"),
    Column.NAME_TA: _("Tamil name"),
    Column.NAME_TE: _("Telugu name"),
    Column.NAME_KN: _("Kannada name"),
    Column.SKU: _("Item code (SKU)"),
    Column.BARCODE: _("Barcode"),
    Column.BARCODE_KIND: _("Kind of barcode"),
    Column.PACK_QUANTITY: _("Pieces in the pack"),
    Column.PACK_PRICE: _("Price of the pack"),
    Column.PRICE: _("Price"),
    Column.PROMOTION_PRICE: _("Promotion price"),
    Column.MRP: _("MRP"),
    Column.COST: _("Cost"),
    Column.BRAND: _("Brand"),
    Column.CATEGORY: _("Category"),
    Column.SUBCATEGORY: _("Subcategory"),
    Column.UNIT: _("Unit"),
    Column.NET_QUANTITY: _("Net quantity"),
    Column.SOLD_BY: _("Sold by"),
    Column.HSN: _("HSN"),
    Column.TAX_CLASS: _("Tax class"),
    Column.TAX_RATE: _("Tax rate, %"),
    Column.DESCRIPTION: _("Description"),
    Column.AGE_LIMIT: _("Minimum age"),
    Column.TRACKS_STOCK: _("Counts stock"),
    Column.TRACKS_LOTS: _("Has lots and expiry dates"),
    Column.ACTIVE: _("In sale"),
    Column.FAMILY: _("Family of variants"),
    Column.OPTIONS: _("Variant"),
}

# The columns of our own export; an import knows by the first ones that it may take text to the letter.
OWN_MARK = (
    "sku", "name", "name_hi", "description", "category", "brand", "hsn", "tax_class", "unit", "sold_by", "mrp", "price",
    "cost", "age_limit", "tracks_stock", "tracks_lots", "active", "barcode", "barcode_kind", "pack_quantity",
    "pack_price",
)  # fmt: skip
OWN_COLUMNS = (*OWN_MARK, "name_ta", "name_te", "name_kn", "family", "options")

# Prices that are not asked for a piece today: per kilogram, of last month, of the day of comparison; and flags.
OTHER = (
    r"(cijena|cena|mpc).*\b(za|po) (jed|jm|kg|l\b)|za jedinic|cijena jed|\bkol jed|^jed mj"
    r"|\bnajniz|\bsidren|\ba akcija$|dostupn"
    r"|\bper (unit|kg|100|l|litre|liter|piece)\b|\blowest|\banchor|grundpreis|preis (je|pro)\b|niedrigst"
)

# Header words of lists in English, Hindi, Croatian (and its neighbours) and German.
RULES: tuple[tuple[Column, str], ...] = (
    (
        Column.PROMOTION_PRICE,
        r"\bposeb\w* obl|\bakcij|(promo|promotion\w*|offer|special|discounted) price|(aktions|angebots)preis|^ऑफर",
    ),
    (Column.PACK_PRICE, r"(pack|case|carton) price|price of the pack"),
    (Column.COST, r"^cost\b|purchase price|buying price|^nabavna|^ek\b|einkaufspreis|क्रय मूल्य"),
    (Column.MRP, r"\bm ?r ?p\b|market price|maximum retail|\buvp\b|एमआरपी|अधिकतम खुदरा"),
    (Column.PRICE, r"^mpc\b|^maloprod|cijena|^cena\b|price$|^price\b|^rate$|^sp$|preis|^vk\b|मूल्य|दाम|कीमत"),
    (Column.BARCODE_KIND, r"(barcode|code) (kind|type)"),
    (Column.BARCODE, r"\bbar ?[ck]od|^ean\b|^gtin\b|^upc\b|strichcode|बारकोड"),
    (Column.TAX_CLASS, r"tax (class|category|code)|steuerklasse"),
    (Column.TAX_RATE, r"^(c?gst|tax|vat|pdv|mwst|ust)( rate| %| percent| satz)?$|^gst\b|जीएसटी|^कर\b"),
    (Column.HSN, r"\bhsn\b|एचएसएन"),
    (Column.SUBCATEGORY, r"sub ?categor|potkategorij|unterkategorie|उप ?श्रेणी"),
    (Column.CATEGORY, r"categor|kategorij|kategorie|department|^wg$|warengruppe|^group$|श्रेणी|\bc kat$"),
    (Column.BRAND, r"^marka\b|\bmarke|^brand|manufacturer|hersteller|ब्रांड|ब्रैंड|naziv marke"),
    (Column.NET_QUANTITY, r"^neto|gramatura|pack size|^size|net (weight|quantity|qty)|^weight|inhalt|^menge|मात्रा"),
    (Column.PACK_QUANTITY, r"(pack|case) (quantity|qty)|pieces in the pack|units per|pack of"),
    (Column.UNIT, r"jedinica mj|^jm$|^j m$|^uom$|^unit( of measure)?$|einheit|इकाई"),
    (Column.SOLD_BY, r"^sold by$"),
    (Column.NAME_HI, r"hindi|name hi$|हिंदी|हिन्दी"),
    (Column.NAME_TA, r"tamil|name ta$"),
    (Column.NAME_TE, r"telugu|name te$"),
    (Column.NAME_KN, r"kannada|name kn$"),
    (Column.FAMILY, r"^family$"),
    (Column.OPTIONS, r"^options$"),
    (Column.AGE_LIMIT, r"age limit|minimum age"),
    (Column.TRACKS_STOCK, r"^tracks stock$"),
    (Column.TRACKS_LOTS, r"^tracks lots$"),
    (Column.ACTIVE, r"^(active|in sale)$"),
    (
        Column.SKU,
        (r"ifra\b|\bsku\b|(item|product|article|material|short) (code|no|number|id)$|^code$"
        r"|artikel ?(nr|nummer)|^art ?(nr|no)\b|^plu$|कोड"),
    ),
    (
        Column.NAME,
        (r"^naziv|^name|(product|item|article|sku) ?(name|title|description)$|description of goods"
        r"|^(product|item|title|particulars|goods)s?$|bezeichnung|^artikel$|^produkt|नाम|^(उत्पाद|वस्तु|सामान|माल)"),
    ),
    (Column.DESCRIPTION, r"^(description|details|about|opis|beschreibung)|विवरण"),
)  # fmt: skip

# A running number is an item code only where the list has nothing better.
RUNNING_NUMBER = r"^(index|id|no|nr|s no|sr no|sl no|s n|serial( no| number)?|rb|redni broj|lfd nr|क्र|क्रम)$"

_other, _running = re.compile(OTHER), re.compile(RUNNING_NUMBER)
_rules = tuple((column, re.compile(pattern)) for column, pattern in RULES)


def plain(header: str) -> str:
    """The words of a header: "ŠIFRA_PROIZVODA", "Šifra proizvoda" and "SifraProizvoda" are the same."""
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), header)
    text = re.sub(r"(?<=[a-zčćžšđ])(?=[A-ZČĆŽŠĐ])", " ", text)
    text = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D")).casefold()
    kept = "".join(mark if _counts(mark) else " " for mark in text if not "\u0300" <= mark <= "\u036f")
    return " ".join(kept.split())


def _counts(mark: str) -> bool:
    """Letters, figures, and the vowel signs of Indic scripts, which are marks."""
    return mark == "%" or mark.isalnum() or unicodedata.category(mark).startswith("M")


def column_of(header: str) -> Column | None:
    """What one header says by itself."""
    words = plain(header)
    if not words or _other.search(words):
        return None
    return next((column for column, pattern in _rules if pattern.search(words)), None)


def columns_of(headers: Sequence[str]) -> dict[int, Column]:
    """Column by position; several may claim to be the same, a reader of the cells decides (see `recognition`)."""
    found = {place: column for place, header in enumerate(headers) if (column := column_of(header))}
    for place, header in enumerate(headers[:-1]):
        # "naziv + šifra" over two columns: the name, and beside it the code.
        if found.get(place) and not headers[place + 1].strip() and _says_both(header):
            found[place], found[place + 1] = Column.NAME, Column.SKU
    if Column.SKU not in found.values() and Column.BARCODE not in found.values():
        running = [place for place, header in enumerate(headers) if _running.search(plain(header))]
        found |= dict.fromkeys(running[:1], Column.SKU)
    return found


def _says_both(header: str) -> bool:
    parts = {column_of(part) for part in re.split(r"[+/&]", header)}
    return parts >= {Column.NAME, Column.SKU}
