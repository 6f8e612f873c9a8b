"""What somebody types or scans into the till's one box: a code or a name, with a quantity before it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

QUANTITY = re.compile(r"\s*(\d{1,8}(?:[.,]\d{1,3})?)\s*[*×]")


@dataclass(frozen=True, slots=True)
class Typed:
    """`3*8901030865275` is three of that code; `0.750*tomato` three quarters of a kilogram; `3*` alone has no code."""

    code: str
    quantity: Decimal | None = None


def read_typed(text: str) -> Typed:
    found = QUANTITY.match(text)
    if found is None:
        return Typed(_without_ends(text))
    return Typed(_without_ends(text[found.end() :]), Decimal(found[1].replace(",", ".")))


def _without_ends(text: str) -> str:
    # Not str.strip(): a GS1 separator before a code is part of it.
    return text.strip(" \t\r\n")
