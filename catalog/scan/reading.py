"""What a code says of the thing it is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """A weight, volume or length in kg, l or m."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a scan.

    `codes` are the forms under which the catalog may keep it, the likeliest first. `price` is what all of it
    costs, in `currency` where the code names one. `doubt` is why this reading is probably wrong: said if
    nothing goes by its codes.
    """

    codes: tuple[str, ...]
    count: Decimal | None = None
    measure: Measure | None = None
    price: Decimal | None = None
    currency: str = ""
    lot: str = ""
    serial: str = ""
    made_on: date | None = None
    best_before: date | None = None
    expires_on: date | None = None
    is_label: bool = False
    doubt: str = ""
