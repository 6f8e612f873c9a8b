"""Prices as lists write them: 1.234,56 · 1,23,456.00 · ",69" · ₹ 49/- · Rs. 49.00 · 7,99 €."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

POINT, COMMA = ".", ","

# A dash, a dot or a word where no figure is.
NOTHING = frozenset({"", "-", "--", "'--", "—", "–", "n/a", "na", "nil", "null", "none", "nan", "."})
_currency = re.compile(
    r"(?i)^(?:rs\.?|inr|eur|usd|gbp|hrk|kn|₹|€|\$|£)\s*|\s*(?:/-|rs\.?|inr|eur|usd|gbp|hrk|kn|₹|€|\$|£)$"
)
_simple = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")
_plain = re.compile(r"-?\d*(?:\.\d+)?")


def decimal_mark_of(cells: Iterable[str]) -> str:
    """The mark before the decimals, by the cells that tell: its last one, with one or two figures behind it."""
    votes = {POINT: 0, COMMA: 0}
    for cell in cells:
        text = bare(cell)
        if found := re.fullmatch(r"-?[\d.,\s']*([.,])(\d{1,2}|\d{4,})", text):
            votes[found[1]] += 2
        elif found := re.fullmatch(r"-?\d{1,3}(?:([.,])\d{2,3})*([.,])\d{3}", text):
            votes[POINT if found[2] == COMMA else COMMA] += 1  # perhaps thousands: 1,234
    return COMMA if votes[COMMA] > votes[POINT] else POINT


def bare(cell: str) -> str:
    """The figure without spaces and currency."""
    return _currency.sub("", _currency.sub("", cell.strip())).strip()


def number(cell: str, decimal_mark: str) -> Decimal | None:
    """None where the cell holds nothing. Raises ValueError where it holds something else than a number."""
    if decimal_mark == POINT and _simple.fullmatch(cell):
        return Decimal(cell)
    if cell.strip().casefold() in NOTHING:
        return None
    text = bare(cell).replace("\u00a0", "").replace(" ", "").replace("'", "")
    grouping = POINT if decimal_mark == COMMA else COMMA
    text = text.replace(grouping, "").replace(COMMA, POINT)
    if not text or not _plain.fullmatch(text) or text in ("-", "."):
        raise ValueError(cell)
    return Decimal(text)
