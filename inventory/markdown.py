"""How far to mark down what will not be sold before its date. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

# Days that are left -> percent off; goods that sell out by themselves keep their price.
STEPS = ((1, 50), (3, 40), (7, 30), (15, 20), (30, 10))


@dataclass(frozen=True, slots=True)
class Markdown:
    """`left_over` is what would be thrown away at the pace of the last weeks; `percent` 0 means: leave it."""

    days_left: int
    left_over: Decimal
    percent: int


def suggest_markdown(*, on_hand: Decimal, sold_a_day: Decimal, days_left: int) -> Markdown:
    """`days_left` counts the last day of sale; zero or less means that it is over."""
    sells = sold_a_day * max(days_left, 0)
    left_over = max(on_hand - sells, Decimal(0)).quantize(Decimal(1), ROUND_FLOOR)
    percent = next((off for days, off in STEPS if days_left <= days), 0)
    return Markdown(days_left, left_over, percent if left_over > 0 and days_left > 0 else 0)
