"""Handing promotions out over a cart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.promotions.choosing import share_out
from catalog.promotions.conditions import holds
from catalog.promotions.giving import most_alone, spread
from catalog.promotions.parcels import GRAINS, Measure, Parcel, articles_of, parcels_of
from catalog.promotions.rules import Item, Kind, Occasion, Rule
from pantrypal.core.money import ZERO, allocate


@dataclass(frozen=True, slots=True)
class Promoted:
    """`lines` holds for each line of the cart what each promotion takes off it, in the order in which they do."""

    lines: list[list[tuple[Rule, Decimal]]]

    @property
    def discount(self) -> Decimal:
        return sum((amount for line in self.lines for _rule, amount in line), ZERO)

    @property
    def given(self) -> dict[Rule, Decimal]:
        """What each promotion takes off altogether."""
        sums: dict[Rule, Decimal] = {}
        for line in self.lines:
            for rule, amount in line:
                sums[rule] = sums.get(rule, ZERO) + amount
        return sums


def promote(items: Sequence[Item], rules: Sequence[Rule], occasion: Occasion, places: int) -> Promoted:
    """The discounts of a cart. `places`: decimals of the currency; amounts of items and rules have no more.

    The same whatever the order of items and rules. No line goes below zero, and no single rule would give more.
    """
    scale = 10**places
    live = sorted((rule for rule in rules if holds(rule, occasion, items)), key=lambda rule: rule.rank)
    if not live:
        return Promoted([[] for _ in items])
    measures = [Measure.of(rule, scale) for rule in live]
    articles = articles_of(items)
    parcels = parcels_of(items, articles, scale)
    given = _all_of(parcels, measures)
    if len(measures) > 1:
        given = _no_worse_than_one(parcels, measures, given)
    return _by_line(items, articles, given, places)


def _all_of(parcels: Sequence[Parcel], measures: Sequence[Measure]) -> list[Parcel]:
    """The best of those that exclude each other, and the stackable ones on top."""
    given = _best_of(parcels, [measure for measure in measures if not measure.rule.stackable])
    for measure in measures:
        if measure.rule.stackable:
            given = _best_of(given, [measure])
    return given


def _best_of(parcels: Sequence[Parcel], measures: Sequence[Measure]) -> list[Parcel]:
    """Each piece with one promotion at most. One that is for its goods together leaves no room on them for others,
    and so is weighed against all that they could have instead."""
    by_goods = [measure for measure in measures if measure.rule.kind != Kind.BILL_AMOUNT]
    best = share_out(parcels, by_goods)
    for measure in measures:
        if measure.rule.kind != Kind.BILL_AMOUNT:
            continue
        covered = [parcel.copy() for parcel in parcels if measure.rule.covers(parcel.groups)]
        others = [parcel for parcel in parcels if not measure.rule.covers(parcel.groups)]
        spread(measure.rule, covered, measure.amount)
        instead = covered + share_out(others, by_goods)
        if _left(instead) < _left(best):
            best = instead
    return best


def _no_worse_than_one(parcels: Sequence[Parcel], measures: Sequence[Measure], given: list[Parcel]) -> list[Parcel]:
    """What one rule alone would give, where that is more: by a rounding, or past the bound of the choice."""
    total = _left(parcels) - _left(given)
    for measure in measures:
        if most_alone(measure, parcels) + len(parcels) * GRAINS <= total * GRAINS:
            continue
        alone = _best_of(parcels, [measure])
        if _left(alone) < _left(given):
            given = alone
            total = _left(parcels) - _left(given)
    return given


def _left(parcels: Sequence[Parcel]) -> int:
    return sum(parcel.left for parcel in parcels)


def _by_line(
    items: Sequence[Item], articles: Sequence[Sequence[int]], parcels: Sequence[Parcel], places: int
) -> Promoted:
    """Share the discounts of each article out over its lines, in proportion to what is left to pay of each."""
    scale = 10**places
    lines: list[list[tuple[Rule, Decimal]]] = [[] for _ in items]
    for number, indexes in enumerate(articles):
        left = {i: int(items[i].gross * scale) for i in indexes}
        for rule, amount in _added_up([parcel for parcel in parcels if parcel.article == number]):
            shares = allocate(Decimal(amount), [Decimal(left[i]) for i in indexes], 0)
            for i, share in zip(indexes, shares, strict=True):
                left[i] -= int(share)
                if share:
                    lines[i].append((rule, share.scaleb(-places)))
    return Promoted(lines)


def _added_up(parcels: Sequence[Parcel]) -> list[tuple[Rule, int]]:
    """Those that exclude others first, then the stackable ones, as they were taken off."""
    sums: dict[Rule, int] = {}
    for parcel in parcels:
        for rule, amount in parcel.off:
            sums[rule] = sums.get(rule, 0) + amount
    return sorted(sums.items(), key=lambda pair: (pair[0].stackable, pair[0].rank))
