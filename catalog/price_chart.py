"""The price of a product over time as a line of steps. Pure: figures in, co-ordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

WIDTH, HEIGHT, LABELS, MARGIN = 640, 180, 24, 12


@dataclass(frozen=True, slots=True)
class Step:
    """One price: where its line begins and ends, and what is said about it."""

    x: int
    until: int
    y: int
    price: Decimal
    since: datetime
    who: str

    @property
    def middle(self) -> int:
        return (self.x + self.until) // 2


@dataclass(frozen=True, slots=True)
class StepChart:
    width: int
    height: int
    foot: int
    steps: list[Step]
    path: str


def step_chart(prices: Sequence[tuple[datetime, Decimal, str]], until: datetime) -> StepChart | None:
    """`prices`: from when on, how much, by whom; the oldest first. None where there is nothing to draw."""
    if not prices:
        return None
    first, last = prices[0][0], max(until, prices[-1][0])
    span = max((last - first).total_seconds(), 1)
    most = max(price for _since, price, _who in prices) or Decimal(1)
    room = HEIGHT - LABELS - MARGIN
    xs = [int((since - first).total_seconds() / span * (WIDTH - 2 * MARGIN)) + MARGIN for since, _price, _who in prices]
    steps = [
        Step(x, end, MARGIN + room - int(room * price / most), price, since, who)
        for x, end, (since, price, who) in zip(xs, [*xs[1:], WIDTH - MARGIN], prices, strict=True)
    ]
    path = " ".join(
        f"{'M' if i == 0 else 'V'}{f'{s.x} ' if i == 0 else ''}{s.y}H{s.until}" for i, s in enumerate(steps)
    )
    return StepChart(WIDTH, HEIGHT, HEIGHT - LABELS, steps, path)
