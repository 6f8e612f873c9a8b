"""The arithmetic of a bill, by examples and for any cart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.pricing import Discount, LineInput, PricedCart, Reason, Terms, price_cart
from billing.tax import Component, Supply, components
from pantrypal.core.money import ZERO
from tests import data

KARNATAKA, TAMIL_NADU, CHANDIGARH = "29", "33", "04"
AT_HOME = Supply("gst_in", KARNATAKA, KARNATAKA)


def gst(rate: str, cess: str = "0", supply: Supply = AT_HOME) -> tuple[Component, ...]:
    return components(Decimal(rate), Decimal(cess), supply)


def cart_of(*lines: tuple[str, str, str], include_tax: bool = True, **terms: object) -> PricedCart:
    """Lines as (quantity, price, GST rate)."""
    inputs = [
        LineInput(str(i), Decimal(quantity), Decimal(price), gst(rate))
        for i, (quantity, price, rate) in enumerate(lines)
    ]
    return price_cart(inputs, Terms(2, include_tax, **({"rounding_step": ZERO} | terms)))


def test_tax_inside_the_price_is_taken_out_of_the_sum_at_its_rate() -> None:
    cart = cart_of(("3", "63.00", "5"))

    assert [(tax.name, tax.amount) for tax in cart.taxes] == [("CGST", Decimal("4.50")), ("SGST", Decimal("4.50"))]
    assert (cart.taxable, cart.tax, cart.total) == (Decimal("180.00"), Decimal("9.00"), Decimal("189.00"))


def test_two_lines_of_seven_sixty_at_twelve_percent_carry_the_odd_paisa_once() -> None:
    cart = cart_of(("1", "7.60", "12"), ("1", "7.60", "12"), include_tax=False)

    assert [line.taxes[0].amount for line in cart.lines] == [Decimal("0.46"), Decimal("0.45")]
    assert [(tax.name, tax.amount) for tax in cart.taxes] == [("CGST", Decimal("0.91")), ("SGST", Decimal("0.91"))]
    assert cart.total == Decimal("17.02")


@pytest.mark.parametrize(
    ("supply", "named"),
    [
        (AT_HOME, [("CGST", "9"), ("SGST", "9"), ("CESS", "12")]),
        (Supply("gst_in", KARNATAKA, TAMIL_NADU), [("IGST", "18"), ("CESS", "12")]),
        (Supply("gst_in", CHANDIGARH, CHANDIGARH), [("CGST", "9"), ("UTGST", "9"), ("CESS", "12")]),
        (Supply("vat", "", ""), [("VAT", "18"), ("CESS", "12")]),
    ],
)
def test_a_rate_splits_by_regime_and_place_of_supply(supply: Supply, named: list[tuple[str, str]]) -> None:
    assert [(part.name, part.rate) for part in gst("18", "12", supply)] == [(n, Decimal(r)) for n, r in named]


def test_a_free_rate_has_no_components() -> None:
    assert gst("0") == ()


def test_a_bill_discount_is_shared_out_before_tax() -> None:
    cart = cart_of(
        ("1", "100.00", "5"), ("1", "50.00", "18"), discount=Discount(amount=Decimal("10.00"), reason="Regular")
    )

    assert [line.discount for line in cart.lines] == [Decimal("6.67"), Decimal("3.33")]
    assert [line.reasons[0].text for line in cart.lines] == ["Regular", "Regular"]
    assert cart.total == Decimal("140.00")


def test_a_discount_never_takes_more_than_there_is() -> None:
    cart = cart_of(("1", "10.00", "5"), discount=Discount(amount=Decimal("99.00"), reason="All of it"))

    assert (cart.discount, cart.total) == (Decimal("10.00"), Decimal("0.00"))


def test_rounding_to_the_rupee_is_a_line_of_its_own() -> None:
    cart = cart_of(("1", "10.50", "5"), rounding_step=Decimal(1))

    assert (cart.round_off, cart.total) == (Decimal("0.50"), Decimal("11.00"))


def test_yen_have_no_places() -> None:
    line = LineInput("a", Decimal("0.333"), Decimal("1000"), (Component("VAT", Decimal(10)),))

    cart = price_cart([line], Terms(0, prices_include_tax=False, rounding_step=ZERO))

    assert (str(cart.taxable), str(cart.tax), str(cart.total)) == ("333", "33", "366")


prices = st.decimals(min_value=0, max_value=100_000, places=2)
quantities = st.decimals(min_value="0.001", max_value=1000, places=3)
rates = st.sampled_from(["0", "3", "5", "12", "18", "28", "40"])
discounts = st.one_of(
    st.none(),
    st.decimals(min_value=0, max_value=100, places=2).map(lambda percent: Discount(percent=percent, reason="percent")),
    st.decimals(min_value=0, max_value=5000, places=2).map(lambda amount: Discount(amount=amount, reason="amount")),
)
supplies = st.sampled_from([AT_HOME, Supply("gst_in", KARNATAKA, TAMIL_NADU), Supply("vat", "", "")])


@st.composite
def carts(draw: st.DrawFn) -> tuple[list[LineInput], Terms]:
    supply = draw(supplies)
    lines = [
        LineInput(
            draw(st.sampled_from("abcdef")),
            draw(quantities),
            draw(prices),
            components(Decimal(draw(rates)), Decimal(draw(st.sampled_from(["0", "12"]))), supply),
            draw(discounts),
        )
        for _ in range(draw(st.integers(1, 12)))
    ]
    step = Decimal(draw(st.sampled_from(["0", "0.05", "0.50", "1"])))
    return lines, Terms(2, draw(st.booleans()), step, draw(discounts))


@settings(max_examples=400)
@given(carts())
def test_any_cart_adds_up_to_the_paisa(given_cart: tuple[list[LineInput], Terms]) -> None:
    lines, terms = given_cart
    cart = price_cart(lines, terms)

    assert cart.total == sum(line.total for line in cart.lines) + cart.round_off
    assert cart.total == cart.taxable + cart.tax + cart.round_off
    assert cart.tax == sum(tax.amount for tax in cart.taxes)
    assert cart.subtotal - cart.discount == sum(line.net for line in cart.lines)
    if terms.prices_include_tax:
        assert cart.total == cart.subtotal - cart.discount + cart.round_off
    by_name = {(tax.name, tax.rate): tax.amount for tax in cart.taxes}
    for (name, rate), amount in by_name.items():
        if name == "CGST":
            assert by_name["SGST", rate] == amount
    for line in cart.lines:
        assert line.discount <= line.gross
        assert min(line.taxable, line.tax, line.total) >= 0
        for tax in line.taxes:
            assert tax.amount == tax.amount.quantize(Decimal("0.01"))


@settings(max_examples=200)
@given(carts(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(given_cart: tuple[list[LineInput], Terms], random: object) -> None:
    lines, terms = given_cart
    shuffled = list(range(len(lines)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    straight, mixed = price_cart(lines, terms), price_cart([lines[i] for i in shuffled], terms)

    assert (straight.total, straight.taxes, straight.round_off) == (mixed.total, mixed.taxes, mixed.round_off)

    def figures(cart: PricedCart, order: list[int]) -> list[tuple[object, ...]]:
        named = [(lines[i].key, lines[i].quantity, lines[i].unit_price, cart.lines[k]) for k, i in enumerate(order)]
        return sorted((key, q, p, line.net, line.taxable, line.tax) for key, q, p, line in named)

    assert figures(straight, list(range(len(lines)))) == figures(mixed, shuffled)


def test_the_official_invoice_examples_are_rounded_as_they_are() -> None:
    """EN 16931: 52 of its 53 subtotals to the cent; the other one is in forint, which has no smaller coin in use."""
    rows = data.rows("en16931_tax/tax_subtotals.csv")
    other = []
    for row in rows:
        vat = (Component("VAT", Decimal(row["rate_percent"])),)
        taxable = Decimal(row["taxable"])
        lines = [LineInput("a", Decimal(1), abs(taxable), vat)]
        cart = price_cart(lines, Terms(2, prices_include_tax=False, rounding_step=ZERO))
        if cart.tax.copy_abs() != Decimal(row["tax"]).copy_abs():
            other.append(row["currency"])

    assert len(rows) == 53
    assert other == ["HUF"]


def test_a_bill_of_999_lines_of_one_paisa_adds_up() -> None:
    cart = cart_of(*(("1", "0.01", rate) for rate in ("5", "12", "18") for _ in range(333)))

    assert cart.total == sum(line.total for line in cart.lines) == Decimal("9.99")
    assert [(tax.name, tax.rate, tax.amount) for tax in cart.taxes] == [
        (name, Decimal(rate), Decimal(amount))
        for rate, amount in (("2.5", "0.08"), ("6", "0.18"), ("9", "0.25"))
        for name in ("CGST", "SGST")
    ]


@pytest.mark.parametrize("include_tax", [True, False])
def test_a_hundred_percent_off_leaves_nothing_to_pay_and_no_tax(include_tax: bool) -> None:
    everything = Discount(percent=Decimal(100), reason="For the staff")

    cart = cart_of(("3", "33.33", "18"), ("1", "0.01", "5"), include_tax=include_tax, discount=everything)

    assert (cart.subtotal, cart.discount) == (Decimal("100.00"), Decimal("100.00"))
    assert (cart.taxable, cart.tax, cart.total) == (Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


def test_promotions_come_before_the_cashiers_discount_and_that_before_the_bills() -> None:
    line = LineInput(
        "a",
        Decimal(2),
        Decimal("100.00"),
        gst("18"),
        Discount(percent=Decimal(10), reason="Dented"),
        (Reason("Three for two", Decimal("50.00")),),
    )

    cart = price_cart([line], Terms(2, True, Decimal(1), Discount(percent=Decimal(50), reason="Regular")))

    assert [(reason.text, reason.amount, reason.by_hand) for reason in cart.lines[0].reasons] == [
        ("Three for two", Decimal("50.00"), False),
        ("Dented", Decimal("15.00"), True),
        ("Regular", Decimal("67.50"), True),
    ]
    # 67.50 with 18 % inside: 10.2966; each half is 5.15. To the rupee it is 68.
    assert [tax.amount for tax in cart.taxes] == [Decimal("5.15"), Decimal("5.15")]
    assert (cart.taxable, cart.round_off, cart.total) == (Decimal("57.20"), Decimal("0.50"), Decimal("68.00"))
