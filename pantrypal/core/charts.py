"""Charts drawn on the server as SVG: pure figures in, places and lengths out.

The template shared/_bars.html says every figure in words too, for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pantrypal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Bar:
    """One column, in the chart's own units. `said` is the figure as people read it."""

    label: str
    said: str
    x: int
    y: int
    width: int
    height: int
    shows_label: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class BarChart:
    width: int
    height: int
    foot: int
    bars: Sequence[Bar]


WIDTH, HEIGHT, LABELS = 640, 160, 20
MOST_LABELS = 16


def bar_chart(figures: Sequence[tuple[str, Decimal, str]]) -> BarChart:
    """`figures`: label, amount (below zero is drawn as nothing) and the amount in words, from left to right."""
    most = max((amount for _label, amount, _said in figures), default=ZERO)
    step = WIDTH // max(len(figures), 1)
    room = HEIGHT - LABELS
    every = -(-len(figures) // MOST_LABELS)
    bars = []
    for i, (label, amount, said) in enumerate(figures):
        height = int(room * max(amount, ZERO) / most) if most > 0 else 0
        height = max(height, 1) if amount > 0 else height
        gap = max(step // 6, 1)
        bars.append(Bar(label, said, i * step + gap, room - height, max(step - 2 * gap, 1), height, i % every == 0))
    return BarChart(WIDTH, HEIGHT, room, bars)
