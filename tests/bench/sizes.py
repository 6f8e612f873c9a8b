"""How much is seeded: BENCH=small (a laptop's minute), medium, or full (what performance is asked for)."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    orgs: int
    products: int  # of each organization
    bills: int  # of each organization
    seconds: int  # of each run
    runs: int  # of each row, interleaved with the others

    def __str__(self) -> str:
        total = f"{self.orgs:,} organizations, {self.orgs * self.products:,} products, {self.orgs * self.bills:,} bills"
        return f"{total}; medians of {self.runs} runs of {self.seconds} s"


SIZES = {
    "small": Size(orgs=20, products=1_000, bills=5_000, seconds=3, runs=3),
    "medium": Size(orgs=200, products=1_000, bills=5_000, seconds=5, runs=5),
    "full": Size(orgs=1_000, products=1_000, bills=10_000, seconds=10, runs=5),
}


def chosen() -> Size:
    return SIZES[os.environ.get("BENCH", "full")]
