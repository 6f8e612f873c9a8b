"""What a return gives back, for any bill and any sequence of returns."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.pricing import TaxAmount, price_cart
from billing.returns import Paid, SoldLine, payable_back, sum_taxes, take_back
from pantrypal.core.money import ZERO
from tests.billing.test_pricing import carts


def sold_line(quantity: str, taxable: str, *taxes: str, returned: str = "0") -> SoldLine:
    amounts = [TaxAmount(f"T{i}", Decimal(9), Decimal(tax), ZERO) for i, tax in enumerate(taxes)]
    return SoldLine(Decimal(quantity), Decimal(returned), Decimal(taxable), amounts)


def test_a_third_of_a_line_gives_back_a_third() -> None:
    back = take_back(sold_line("3", "100.00", "9.00", "9.00"), Decimal(1), 2)

    assert (back.taxable, back.tax, back.total) == (Decimal("33.33"), Decimal("6.00"), Decimal("39.33"))


def test_three_thirds_give_back_all_of_it() -> None:
    parts = [take_back(sold_line("3", "100.00", "9.01", returned=str(i)), Decimal(1), 2) for i in range(3)]

    assert [part.taxable for part in parts] == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
    assert sum(part.tax for part in parts) == Decimal("9.01")


def test_the_last_return_gives_back_the_rounding_too() -> None:
    paid = Paid(Decimal("10.50"), Decimal("11.00"), Decimal("5.25"), Decimal("5.00"))

    assert payable_back(paid, Decimal("5.25"), is_last=True, step=Decimal(1), places=2) == Decimal("6.00")


@settings(max_examples=200, deadline=None)
@given(carts(), st.data())
def test_any_sequence_of_returns_gives_back_exactly_what_was_paid(given_cart, data: st.DataObject) -> None:
    lines, terms = given_cart
    cart = price_cart(lines, terms)
    left = [line.quantity for line in lines]
    refunded = lines_returned = tax_returned = ZERO

    while any(left):
        wanted: dict[int, Decimal] = {}
        for i, quantity in enumerate(left):
            if quantity:
                wanted[i] = data.draw(st.sampled_from([quantity, (quantity / 2).quantize(Decimal("0.001")), ZERO]))
        if not any(wanted.values()):
            wanted[next(i for i, quantity in enumerate(left) if quantity)] = next(q for q in left if q)
        parts = [
            take_back(
                SoldLine(lines[i].quantity, lines[i].quantity - left[i], cart.lines[i].taxable, cart.lines[i].taxes),
                quantity,
                terms.places,
            )
            for i, quantity in wanted.items()
            if quantity
        ]
        for i, quantity in wanted.items():
            left[i] -= quantity
        now = sum((part.total for part in parts), ZERO)
        paid = Paid(cart.taxable + cart.tax, cart.total, lines_returned, refunded)
        back = payable_back(paid, now, is_last=not any(left), step=terms.rounding_step, places=terms.places)

        assert back >= 0
        assert min((min(part.taxable, part.tax) for part in parts), default=ZERO) >= 0
        assert sum((tax.amount for tax in sum_taxes(parts)), ZERO) == sum((part.tax for part in parts), ZERO)
        refunded, lines_returned = refunded + back, lines_returned + now
        tax_returned += sum((part.tax for part in parts), ZERO)
        assert refunded <= cart.total

    assert refunded == cart.total
    assert lines_returned == cart.taxable + cart.tax
    assert tax_returned == cart.tax
