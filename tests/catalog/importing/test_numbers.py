from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.importing.numbers import decimal_mark_of, number


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        (",69", ",", "0.69"),
        ("       7,99", ",", "7.99"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,56", ",", "1234.56"),
        ("1,23,456.00", ".", "123456.00"),
        ("₹ 49/-", ".", "49"),
        ("Rs. 49.50", ".", "49.50"),
        ("7,99 €", ",", "7.99"),
        ("12", ",", "12"),
        ("-3.5", ".", "-3.5"),
        ("४९.५०", ".", "49.50"),
    ],
)
def test_prices_are_read_as_they_are_written(cell: str, mark: str, value: str) -> None:
    assert number(cell, mark) == Decimal(value)


@pytest.mark.parametrize("cell", ["", " ", "-", "'--", "N/A"])
def test_a_dash_is_no_price(cell: str) -> None:
    assert number(cell, ".") is None


@pytest.mark.parametrize("cell", ["abc", "1.2.3x", "NaN1", "1e5", "--5"])
def test_what_is_no_number_is_not_guessed_at(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(cell, ".")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ([",69", "1,29", "4"], ","),
        (["0.69", "1.29", "1,234.00"], "."),
        (["1.234,5", "12"], ","),
        (["1,23,456.00"], "."),
        (["12", "15"], "."),
        (["1.299", "2.499"], ","),
        (["12.5", "1.299"], "."),
    ],
)
def test_the_decimal_mark_is_found(cells: list[str], mark: str) -> None:
    assert decimal_mark_of(cells) == mark
