from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantrypal.core.money import allocate, currency_places, round_money, round_to_step
from tests.data import rows

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**7, places=3), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("amount", "places", "rounded"),
    [
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("2.675", 2, "2.68"),
        ("0.5", 0, "1"),
        ("1.0005", 3, "1.001"),
        ("63", 2, "63.00"),
    ],
)
def test_half_a_unit_goes_up(amount: str, places: int, rounded: str) -> None:
    result = round_money(Decimal(amount), places)

    assert (result, str(result)) == (Decimal(rounded), rounded)


@pytest.mark.parametrize(
    ("amount", "step", "payable"),
    [("49.50", "1", "50.00"), ("49.49", "1", "49.00"), ("49.49", "0", "49.49"), ("1.02", "0.05", "1.00")],
)
def test_a_payable_amount_is_one_that_coins_can_make(amount: str, step: str, payable: str) -> None:
    assert str(round_to_step(Decimal(amount), Decimal(step), 2)) == payable


@given(amounts, weights)
def test_shares_add_up_and_none_is_off_by_more_than_a_paisa(total: Decimal, weights: list[Decimal]) -> None:
    shares = allocate(total, weights, 2)

    assert sum(shares) == total
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        exact = total * weight / whole if whole else total / len(weights)
        assert abs(share - exact) < Decimal("0.01")


def test_the_odd_paisa_goes_to_the_first_of_equals() -> None:
    assert allocate(Decimal("0.91"), [Decimal("7.60"), Decimal("7.60")], 2) == [Decimal("0.46"), Decimal("0.45")]


def test_currencies_have_the_places_of_iso_4217() -> None:
    current = [row for row in rows("iso4217/codes-all.csv") if row["AlphabeticCode"] and not row["WithdrawalDate"]]
    places = {row["AlphabeticCode"]: int(row["MinorUnit"]) for row in current if row["MinorUnit"].isdigit()}

    assert {code: currency_places(code) for code in places} == places
    assert places["INR"] == 2


def test_half_up_gives_the_official_tax_subtotals_but_for_the_one_in_whole_units() -> None:
    vectors = rows("en16931_tax/tax_subtotals.csv")
    wrong = [
        row["currency"]
        for row in vectors
        if round_money(Decimal(row["taxable"]) * Decimal(row["rate_percent"]) / 100, 2) != Decimal(row["tax"])
    ]

    assert len(vectors) == 53
    assert wrong == ["HUF"]  # a forint has two places in ISO 4217, but its tax office counts whole ones
