"""Amounts as people type them: a comma groups, and never stands for the point."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from billing.forms.fields import MoneyFormField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("60.50", "60.50"),
        ("₹ 500", "500"),
        ("1,234.50", "1234.50"),
        ("1,23,456.00", "123456.00"),
        ("123,456", "123456"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed: str, amount: str) -> None:
    assert MoneyFormField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["60,50", "1,2345", ",500", "1,23,45", "5,", "12,34.50", "-5", "1.234", "five"])
def test_what_may_mean_two_amounts_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyFormField().clean(typed)
