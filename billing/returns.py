"""What a return gives back: parts of the bill's own figures. Pure.

Each figure of a line is given back in proportion to the quantity, rounded on the running sum: after half of
it has come back in however many steps, half of each figure has been given back, and after all of it
exactly all. So the credit notes of a bill never add up to a paisa more than the bill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.pricing import TaxAmount
from pantrypal.core.money import ZERO, round_money, round_to_step


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of the bill as it was posted, and how much of it has come back before."""

    quantity: Decimal
    returned: Decimal
    taxable: Decimal
    taxes: Sequence[TaxAmount]

    @property
    def left(self) -> Decimal:
        return self.quantity - self.returned


@dataclass(slots=True)
class ReturnedLine:
    quantity: Decimal
    taxable: Decimal
    taxes: list[TaxAmount]

    @property
    def tax(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), ZERO)

    @property
    def total(self) -> Decimal:
        return self.taxable + self.tax


def take_back(sold: SoldLine, quantity: Decimal, places: int) -> ReturnedLine:
    """The figures of `quantity` of this line, which is at most what is left of it."""

    def part(figure: Decimal) -> Decimal:
        before = round_money(figure * sold.returned / sold.quantity, places)
        return round_money(figure * (sold.returned + quantity) / sold.quantity, places) - before

    taxable = part(sold.taxable)
    taxes = [TaxAmount(tax.name, tax.rate, part(tax.amount), taxable) for tax in sold.taxes]
    return ReturnedLine(quantity, taxable, taxes)


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for the whole bill, and what its credit notes have given back so far."""

    lines_total: Decimal
    total: Decimal
    lines_returned: Decimal
    refunded: Decimal


def payable_back(paid: Paid, lines_now: Decimal, *, is_last: bool, step: Decimal, places: int) -> Decimal:
    """What to hand over for lines of `lines_now`: in coins there are, and with the last return exactly the rest.

    `is_last`: nothing of the bill is left after this return.
    """
    if is_last:
        return paid.total - paid.refunded
    so_far = round_to_step(paid.lines_returned + lines_now, step, places)
    return max(min(so_far, paid.total) - paid.refunded, ZERO)


def sum_taxes(lines: Sequence[ReturnedLine]) -> list[TaxAmount]:
    """The credit note's own taxes: those of its lines, added up by component and rate."""
    sums: dict[tuple[str, Decimal], TaxAmount] = {}
    for line in lines:
        for tax in line.taxes:
            known = sums.setdefault((tax.name, tax.rate), TaxAmount(tax.name, tax.rate, ZERO, ZERO))
            known.amount += tax.amount
            known.taxable += line.taxable
    return [sums[key] for key in sorted(sums)]
