"""What a count says, when goods are sold while it goes on. Pure.

A scan says how many were seen at its moment, so it is held against the books of that moment: what is sold
before or after it is no difference. Between the first and the last scan of a product nobody knows whether a piece
that was sold had been counted already; a figure that such sales can explain is no difference either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pantrypal.core.money import ZERO

# A difference that is worth a second look before it is posted.
MUCH_MONEY = Decimal(500)
MANY_PIECES = Decimal(2)
LARGE_SHARE = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Move:
    quantity: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """`expected` is what the books held at the last scan; `variance` what trading cannot explain."""

    expected: Decimal
    variance: Decimal
    was_traded: bool


def judge(counted: Decimal, on_hand: Decimal, since: Sequence[Move], *, last: datetime) -> Verdict:
    """`on_hand` is what the books hold now, `since` the moves from the first scan on, in any order."""
    booked = on_hand - sum((move.quantity for move in since), ZERO)
    lowest = highest = booked
    meanwhile = sorted((move for move in since if move.at <= last), key=lambda move: move.at)
    for move in meanwhile:
        booked += move.quantity
        lowest, highest = min(lowest, booked), max(highest, booked)
    if counted < lowest:
        variance = counted - lowest
    elif counted > highest:
        variance = counted - highest
    else:
        variance = ZERO
    return Verdict(booked, variance, bool(meanwhile))


def is_outlier(verdict: Verdict, unit_cost: Decimal) -> bool:
    """To be counted again before anybody believes it."""
    size = abs(verdict.variance)
    if not size:
        return False
    is_large = size > MANY_PIECES and size > LARGE_SHARE * abs(verdict.expected)
    return verdict.was_traded or is_large or size * unit_cost >= MUCH_MONEY
