"""From a cart to amounts. Pure: the same input gives the same figures, whatever the order of lines.

In order: line gross, promotions (already worked out), line discount, bill discount shared out,
tax once for each rate on the sum at that rate, then shared out over the lines, so that lines add up to
the bill and the bill to the payable amount with its rounding line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from billing.tax import Component
from pantrypal.core.money import ZERO, allocate, round_money, round_to_step

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Discount:
    """Either a percentage or an amount, with the sentence that goes on the bill."""

    percent: Decimal = ZERO
    amount: Decimal = ZERO
    reason: str = ""

    def of(self, base: Decimal, places: int) -> Decimal:
        """What it takes off `base`, never more than all of it."""
        wanted = base * self.percent / HUNDRED if self.percent else self.amount
        return min(round_money(wanted, places), base)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line costs less: a sentence and what it took off. `by_hand`: somebody at the till decided it."""

    text: str
    amount: Decimal
    by_hand: bool = False
    promotion: UUID | None = None


@dataclass(frozen=True, slots=True)
class LineInput:
    """What the engine knows of a line. `key` orders equal lines the same way in every cart."""

    key: str
    quantity: Decimal
    unit_price: Decimal
    components: tuple[Component, ...]
    discount: Discount | None = None
    promotions: tuple[Reason, ...] = ()

    @property
    def rank(self) -> tuple[object, ...]:
        """Lines of equal rank are the same in all that has an amount."""
        off = self.discount or Discount()
        taken = sum((reason.amount for reason in self.promotions), ZERO)
        return self.key, self.quantity, self.unit_price, self.components, taken, off.percent, off.amount


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole bill."""

    places: int
    prices_include_tax: bool
    rounding_step: Decimal
    discount: Discount | None = None


@dataclass(slots=True)
class TaxAmount:
    name: str
    rate: Decimal
    amount: Decimal
    taxable: Decimal


@dataclass(slots=True)
class PricedLine:
    gross: Decimal
    reasons: list[Reason] = field(default_factory=list)
    taxes: list[TaxAmount] = field(default_factory=list)
    taxable: Decimal = ZERO

    @property
    def discount(self) -> Decimal:
        return sum((reason.amount for reason in self.reasons), ZERO)

    @property
    def discount_by_hand(self) -> Decimal:
        return sum((reason.amount for reason in self.reasons if reason.by_hand), ZERO)

    @property
    def net(self) -> Decimal:
        """After discounts; tax inside or not, as the prices are."""
        return self.gross - self.discount

    @property
    def tax(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), ZERO)

    @property
    def total(self) -> Decimal:
        return self.taxable + self.tax

    def take_off(self, amount: Decimal, text: str) -> None:
        """By hand, at the till."""
        if amount:
            self.reasons.append(Reason(text, amount, by_hand=True))


@dataclass(slots=True)
class PricedCart:
    lines: list[PricedLine]
    taxes: list[TaxAmount]
    round_off: Decimal

    @property
    def subtotal(self) -> Decimal:
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def taxable(self) -> Decimal:
        return sum((line.taxable for line in self.lines), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((line.tax for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self.taxable + self.tax + self.round_off


def price_cart(lines: Sequence[LineInput], terms: Terms) -> PricedCart:
    # Shares are dealt out in an order that belongs to the lines themselves, not to who was scanned first.
    order = sorted(range(len(lines)), key=lambda i: lines[i].rank)
    inputs = [lines[i] for i in order]
    priced = [PricedLine(round_money(line.unit_price * line.quantity, terms.places)) for line in inputs]
    for line, result in zip(inputs, priced, strict=True):
        result.reasons += line.promotions
        if line.discount:
            result.take_off(line.discount.of(result.net, terms.places), line.discount.reason)
    _share_bill_discount(priced, terms)
    taxes = _tax(inputs, priced, terms)
    back = sorted(range(len(order)), key=order.__getitem__)
    cart = PricedCart([priced[i] for i in back], taxes, ZERO)
    cart.round_off = round_to_step(cart.total, terms.rounding_step, terms.places) - cart.total
    return cart


def _share_bill_discount(priced: Sequence[PricedLine], terms: Terms) -> None:
    if not terms.discount:
        return
    nets = [line.net for line in priced]
    off = terms.discount.of(sum(nets, ZERO), terms.places)
    for line, share in zip(priced, allocate(off, nets, terms.places), strict=True):
        line.take_off(share, terms.discount.reason)


def _tax(inputs: Sequence[LineInput], priced: Sequence[PricedLine], terms: Terms) -> list[TaxAmount]:
    """Put tax and taxable value on the lines; answer the bill's own taxes, one for each rate and component."""
    groups: defaultdict[tuple[Component, ...], list[PricedLine]] = defaultdict(list)
    for line, result in zip(inputs, priced, strict=True):
        groups[line.components].append(result)
    return [tax for parts in sorted(groups) for tax in _tax_group(parts, groups[parts], terms)]


def _tax_group(parts: tuple[Component, ...], group: Sequence[PricedLine], terms: Terms) -> list[TaxAmount]:
    nets = [line.net for line in group]
    base = sum(nets, ZERO)
    whole = HUNDRED + sum((part.rate for part in parts), ZERO) if terms.prices_include_tax else HUNDRED
    amounts = [round_money(base * part.rate / whole, terms.places) for part in parts]
    for part, amount in zip(parts, amounts, strict=True):
        for line, share in zip(group, allocate(amount, nets, terms.places), strict=True):
            line.taxes.append(TaxAmount(part.name, part.rate, share, ZERO))
    for line in group:
        line.taxable = line.net - line.tax if terms.prices_include_tax else line.net
        for tax in line.taxes:
            tax.taxable = line.taxable
    taxable = sum((line.taxable for line in group), ZERO)
    return [TaxAmount(part.name, part.rate, amount, taxable) for part, amount in zip(parts, amounts, strict=True)]
