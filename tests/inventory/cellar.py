"""The stock once more, by other means: what books should say after each move. Knows nothing of our code."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

FOUR = Decimal("0.0001")


def to_four(value: Decimal) -> Decimal:
    return value.quantize(FOUR, ROUND_HALF_UP)


@dataclass
class Shelf:
    """One product in one place, at moving average or in layers; `value` is what its books say it is worth."""

    fifo: bool = False
    on_hand: Decimal = Decimal(0)
    average: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    layers: list[list[Decimal]] = field(default_factory=list)  # quantity, cost; the oldest first

    def bring(self, quantity: Decimal, cost: Decimal) -> None:
        if self.on_hand < 0:  # what had been sold too early is now known to have cost this much
            self.value += self.on_hand * (cost - self.average)
        if self.on_hand <= 0:
            self.average = cost
        else:
            self.average = to_four((self.on_hand * self.average + quantity * cost) / (self.on_hand + quantity))
        here = quantity + min(self.on_hand, Decimal(0))
        if self.fifo and here > 0:
            self.layers.append([here, cost])
        self.on_hand += quantity
        self.value += quantity * cost

    def take(self, quantity: Decimal) -> Decimal:
        """What the goods had cost."""
        cost, rest = Decimal(0), quantity
        while self.layers and rest:
            part = min(rest, self.layers[0][0])
            cost += part * self.layers[0][1]
            rest -= part
            self.layers[0][0] -= part
            if not self.layers[0][0]:
                del self.layers[0]
        cost += rest * self.average
        self.on_hand -= quantity
        self.value -= cost
        if self.layers:
            pieces = sum(layer[0] for layer in self.layers)
            self.average = to_four(sum(layer[0] * layer[1] for layer in self.layers) / pieces)
        return cost
