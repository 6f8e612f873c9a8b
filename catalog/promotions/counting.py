"""Promotions that count pieces, as small machines: a piece comes, the state moves on, money is gained.

Pieces come dearest first, so the pieces of a group that are given away are its cheapest, and consecutive groups are
the ones that gain most: the i-th piece given has at least as many paid ones above it in any grouping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.promotions.parcels import GRAINS, Measure, Parcel
from catalog.promotions.rules import GROUPING, Kind, Rule

Step = tuple[int, int, bool]  # next state, grains gained, whether this piece gets the discount


class Counter(Protocol):
    """States are 0 (nothing taken) to `states` - 1."""

    measure: Measure
    states: int

    def steps(self, state: int, price: int, parcel: Parcel) -> Sequence[Step]:
        """Where one piece of the parcel, at `price` grains, can lead."""
        ...

    def is_whole(self, state: int) -> bool:
        """Whether one may end here."""
        ...

    def hope(self, state: int) -> int:
        """What a state is worth beyond its gain so far, in grains: tells promising states from others."""
        ...


@dataclass(slots=True)
class AnyFor:
    """Any `buy` pieces for one price. A piece gains its price; the piece that fills a group pays for the group."""

    measure: Measure
    states: int

    def steps(self, state: int, price: int, parcel: Parcel) -> Sequence[Step]:
        rule = self.measure.rule
        if rule.most_times and state == self.states - 1:
            return ()
        is_full = (state + 1) % rule.buy == 0
        return ((_next(state, self), price - (self.measure.amount * GRAINS if is_full else 0), True),)

    def is_whole(self, state: int) -> bool:
        return state % self.measure.rule.buy == 0

    def hope(self, state: int) -> int:
        size = self.measure.rule.buy
        return -(state % size) * self.measure.amount * GRAINS // size


@dataclass(slots=True)
class BuyGet:
    """Of `buy` + `get` pieces the cheapest `get` cost less. `usual`: what one piece given away usually gains."""

    measure: Measure
    states: int
    usual: int

    def steps(self, state: int, price: int, parcel: Parcel) -> Sequence[Step]:
        rule = self.measure.rule
        if rule.most_times and state == self.states - 1:
            return ()
        is_given = state % (rule.buy + rule.get) >= rule.buy
        return ((_next(state, self), price * self.measure.milli // GRAINS if is_given else 0, is_given),)

    def is_whole(self, state: int) -> bool:
        return True

    def hope(self, state: int) -> int:
        rule = self.measure.rule
        paid = min(state % (rule.buy + rule.get), rule.buy)
        return self.usual * rule.get * paid // (rule.buy + rule.get)


@dataclass(slots=True)
class BuyGetOther:
    """`buy` pieces of some goods, and `get` pieces of other goods cost less. State: paid x `width` + given."""

    measure: Measure
    states: int
    width: int

    def steps(self, state: int, price: int, parcel: Parcel) -> Sequence[Step]:
        rule = self.measure.rule
        steps: list[Step] = []
        if state + self.width < self.states and rule.covers(parcel.groups):
            steps.append((state + self.width, 0, False))
        if (state + 1) % self.width and rule.rewards_with(parcel.groups):
            steps.append((state + 1, price * self.measure.milli // GRAINS, True))
        return steps

    def is_whole(self, state: int) -> bool:
        rule = self.measure.rule
        paid, given = divmod(state, self.width)
        return given <= paid // rule.buy * rule.get

    def hope(self, state: int) -> int:
        return 0


@dataclass(slots=True)
class UpTo:
    """A discount on each piece, on `most_times` pieces of a bill at most."""

    measure: Measure
    states: int

    def steps(self, state: int, price: int, parcel: Parcel) -> Sequence[Step]:
        if state == self.states - 1:
            return ()
        return ((state + 1, self.measure.off(parcel) // parcel.pieces, True),)

    def is_whole(self, state: int) -> bool:
        return True

    def hope(self, state: int) -> int:
        return 0


def _next(state: int, counter: Counter) -> int:
    """States of a rule without a limit go round; those of one with a limit count up to it."""
    return state + 1 if counter.measure.rule.most_times else (state + 1) % counter.states


def is_counted(rule: Rule) -> bool:
    return rule.kind in GROUPING or (rule.most_times > 0 and rule.kind != Kind.BILL_AMOUNT)


def takes(rule: Rule, parcel: Parcel) -> bool:
    """Whether pieces of the parcel may go into the rule's groups."""
    is_among = rule.covers(parcel.groups) or (bool(rule.rewards) and rule.rewards_with(parcel.groups))
    return parcel.pieces > 0 and parcel.left > 0 and is_among


def counter_of(measure: Measure, parcels: Sequence[Parcel]) -> Counter | None:
    """The machine of a rule for these parcels, which it takes; None where they are too few for it."""
    rule = measure.rule
    pieces = sum(parcel.pieces for parcel in parcels)
    if rule.kind == Kind.ANY_FOR:
        return AnyFor(measure, _states(rule.buy, rule)) if pieces >= rule.buy else None
    if rule.kind != Kind.BUY_GET:
        return UpTo(measure, rule.most_times + 1) if pieces else None
    if rule.rewards:
        return _with_rewards(measure, parcels)
    if pieces <= rule.buy:
        return None
    usual = sum(parcel.left for parcel in parcels) // pieces * measure.milli
    return BuyGet(measure, _states(rule.buy + rule.get, rule), usual)


def _states(size: int, rule: Rule) -> int:
    return size * rule.most_times + 1 if rule.most_times else size


def _with_rewards(measure: Measure, parcels: Sequence[Parcel]) -> BuyGetOther | None:
    rule = measure.rule
    bought = sum(parcel.pieces for parcel in parcels if rule.covers(parcel.groups))
    wanted = sum(parcel.pieces for parcel in parcels if rule.rewards_with(parcel.groups))
    groups = min(bought // rule.buy, -(-wanted // rule.get))
    if rule.most_times:
        groups = min(groups, rule.most_times)
    width = rule.get * groups + 1
    return BuyGetOther(measure, (rule.buy * groups + 1) * width, width) if groups else None
