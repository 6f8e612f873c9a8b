"""New prices for many products by one rule. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from pantrypal.core.money import ZERO, round_money

HUNDRED = Decimal(100)


class Direction(StrEnum):
    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


ROUNDINGS = {Direction.NEAREST: ROUND_HALF_UP, Direction.UP: ROUND_CEILING, Direction.DOWN: ROUND_FLOOR}


@dataclass(frozen=True, slots=True)
class PriceRule:
    """So many percent more (or less), plus an amount, then to a multiple of `step` less `ending`.

    A step of 10 with an ending of 1 gives 49, 59, 69. A step of 0 keeps the currency's own places.
    """

    percent: Decimal = ZERO
    amount: Decimal = ZERO
    step: Decimal = ZERO
    ending: Decimal = ZERO
    direction: Direction = Direction.NEAREST

    def apply(self, price: Decimal, places: int) -> Decimal:
        """Never below zero, rounded to the currency's places."""
        exact = price * (HUNDRED + self.percent) / HUNDRED + self.amount
        if self.step:
            multiple = ((exact + self.ending) / self.step).quantize(Decimal(1), ROUNDINGS[self.direction])
            exact = multiple * self.step - self.ending
        return max(ZERO.scaleb(-places), round_money(exact, places))
