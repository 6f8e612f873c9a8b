"""The goods of a cart while promotions are handed out, in whole minor units (paise).

Lines of one product at one price are one article, so that it makes no difference how often somebody scanned.
A parcel is a part of an article whose pieces have fared alike so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from catalog.promotions.rules import Item, Kind, Rule

# Percentages have three decimals, so each share of a minor unit is a whole number of grains: no fractions anywhere.
GRAINS = 100_000


@dataclass(slots=True)
class Parcel:
    """`left` is what is still to be paid for all of it; `pieces` is 0 where they cannot be counted."""

    article: int
    groups: frozenset[UUID]
    quantity: Decimal
    pieces: int
    left: int
    is_pack: bool
    off: list[tuple[Rule, int]] = field(default_factory=list)

    @property
    def piece_price(self) -> int:
        """In grains."""
        return self.left * GRAINS // self.pieces

    def part(self, pieces: int) -> Parcel:
        """Take so many pieces out into a parcel of their own."""
        share = self.left * pieces // self.pieces
        taken = Parcel(self.article, self.groups, Decimal(pieces), pieces, share, self.is_pack)
        for i, (rule, amount) in enumerate(self.off):
            given = amount * pieces // self.pieces
            taken.off.append((rule, given))
            self.off[i] = (rule, amount - given)
        self.left -= share
        self.pieces -= pieces
        self.quantity -= pieces
        return taken

    def take_off(self, rule: Rule, amount: int) -> None:
        if amount:
            self.left -= amount
            self.off.append((rule, amount))

    def copy(self) -> Parcel:
        return Parcel(self.article, self.groups, self.quantity, self.pieces, self.left, self.is_pack, list(self.off))


def articles_of(items: Sequence[Item]) -> list[list[int]]:
    """Indexes of the lines of each article, in an order that belongs to the goods and not to who was scanned first."""
    by_article: dict[tuple[str, bool, Decimal, Decimal | None], list[int]] = {}
    for i, item in enumerate(items):
        # Each weighing is rounded by itself, and so an article by itself.
        weighing = item.quantity if item.is_weighed else None
        by_article.setdefault((str(item.product), item.is_pack, item.unit_price, weighing), []).append(i)
    ordered = sorted(by_article, key=lambda key: (key[0], key[1], key[2], key[3] or 0))
    return [sorted(by_article[key], key=lambda i: (items[i].quantity, i)) for key in ordered]


def parcels_of(items: Sequence[Item], articles: Sequence[Sequence[int]], scale: int) -> list[Parcel]:
    """One parcel for each article. `scale`: minor units in one of the currency."""
    parcels = []
    for number, lines in enumerate(articles):
        first = items[lines[0]]
        quantity = sum((items[i].quantity for i in lines), Decimal(0))
        counted = not first.is_weighed and not first.is_pack
        left = sum(int(items[i].gross * scale) for i in lines)
        parcels.append(Parcel(number, first.groups, quantity, int(quantity) if counted else 0, left, first.is_pack))
    return parcels


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule with its figures as whole numbers: `milli` thousandths of a percent, `amount` minor units."""

    rule: Rule
    milli: int
    amount: int

    @classmethod
    def of(cls, rule: Rule, scale: int) -> Measure:
        return cls(rule, int(rule.percent * 1000), int(rule.amount * scale))

    def off(self, parcel: Parcel) -> int:
        """What it takes off all of the parcel, in grains; for rules that need no counting."""
        kind = self.rule.kind
        if kind == Kind.PERCENT:
            return parcel.left * self.milli
        if parcel.is_pack:
            return 0
        if kind == Kind.AMOUNT:
            return min(int(self.amount * parcel.quantity * GRAINS), parcel.left * GRAINS)
        return max(0, parcel.left * GRAINS - int(self.amount * parcel.quantity * GRAINS))


def rounded(grains: int) -> int:
    """Minor units, half up."""
    return (grains + GRAINS // 2) // GRAINS
