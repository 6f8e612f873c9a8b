"""What a count says while goods are sold: the rule alone, for any shelves and any customers."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inventory.counting import Move, judge
from tests.shop import NOON


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@given(
    start=st.integers(0, 30),
    sales=st.lists(st.tuples(st.integers(1, 5), st.floats(0, 10)), max_size=12),
    spots=st.lists(st.floats(1, 9), min_size=1, max_size=3),
    data=st.data(),
)
def test_whatever_is_sold_from_whichever_spot_a_right_count_shows_no_difference(
    start: int, sales: list[tuple[int, float]], spots: list[float], data: Any
) -> None:
    """Goods stand in several spots; each is counted at its own moment, and customers take from any of them."""
    left = [start // len(spots) + (1 if i < start % len(spots) else 0) for i in range(len(spots))]
    counted, moves, first, last = 0, [], min(spots), max(spots)
    events = sorted([(at, "sale", wanted) for wanted, at in sales] + [(at, "count", i) for i, at in enumerate(spots)])
    for at, what, number in events:
        if what == "count":
            counted += left[number]
            continue
        spot = data.draw(st.integers(0, len(spots) - 1))
        taken = min(number, left[spot])
        left[spot] -= taken
        if taken:
            moves.append(Move(Decimal(-taken), after(at)))
    since = [move for move in moves if move.at >= after(first)]

    verdict = judge(Decimal(counted), Decimal(sum(left)), since, last=after(last))

    assert verdict.variance == 0
