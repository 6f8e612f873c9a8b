"""Taking a chosen promotion off the goods, to the minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalog.promotions.parcels import GRAINS, Measure, Parcel, rounded
from catalog.promotions.rules import Kind, Rule
from pantrypal.core.money import allocate


def give(measure: Measure | None, parcel: Parcel) -> None:
    """One that needs no counting, on all of the parcel."""
    if measure is not None:
        parcel.take_off(measure.rule, min(parcel.left, rounded(measure.off(parcel))))


def give_counted(measure: Measure, parts: Sequence[tuple[Parcel, bool]]) -> None:
    """One that counts, on the pieces that were chosen for it; each says whether the discount goes to it."""
    rule = measure.rule
    if rule.kind == Kind.ANY_FOR:
        taken = [part for part, _is_given in parts]
        groups = sum(part.pieces for part in taken) // rule.buy
        spread(rule, taken, sum(part.left for part in taken) - groups * measure.amount)
        return
    for part, is_given in parts:
        if is_given:
            off = part.left * measure.milli if rule.kind == Kind.BUY_GET else measure.off(part)
            part.take_off(rule, min(part.left, rounded(off)))


def spread(rule: Rule, parcels: Sequence[Parcel], amount: int) -> None:
    """Share an amount out in proportion to what is left to pay; never more than that."""
    lefts = [Decimal(parcel.left) for parcel in parcels]
    amount = max(0, min(amount, sum(parcel.left for parcel in parcels)))
    for parcel, share in zip(parcels, allocate(Decimal(amount), lefts, 0), strict=True):
        parcel.take_off(rule, int(share))


def most_alone(measure: Measure, parcels: Sequence[Parcel]) -> int:
    """No less than the rule could take off if it were the only one, in grains: cheap to work out."""
    rule = measure.rule
    covered = [parcel for parcel in parcels if rule.covers(parcel.groups)]
    if rule.kind == Kind.BILL_AMOUNT:
        return min(measure.amount, sum(parcel.left for parcel in covered)) * GRAINS
    if rule.kind == Kind.ANY_FOR:
        return _most_of_any_for(measure, covered)
    if rule.kind == Kind.BUY_GET and rule.rewards:
        return sum(parcel.left for parcel in parcels if rule.rewards_with(parcel.groups)) * measure.milli
    if rule.kind == Kind.BUY_GET:  # the cheapest of each group are given
        return sum(parcel.left for parcel in covered) * measure.milli * rule.get // (rule.buy + rule.get) + 1
    return sum(measure.off(parcel) for parcel in covered)


def _most_of_any_for(measure: Measure, parcels: Sequence[Parcel]) -> int:
    """The dearest pieces, in as many groups as pay."""
    counted = sorted((parcel for parcel in parcels if parcel.pieces), key=lambda parcel: -parcel.piece_price)
    most = gain = 0
    size, in_group = measure.rule.buy, 0
    for parcel in counted:
        groups, over = divmod(in_group + parcel.pieces, size)
        gain += parcel.left * GRAINS - groups * measure.amount * GRAINS
        in_group = over
        most = max(most, gain + in_group * measure.amount * GRAINS // size, gain + parcel.left * GRAINS)
    return most
