from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gtin import as_printed, check_digit, is_gtin, to_gtin14
from tests.data import rows


@given(st.text("0123456789", min_size=7, max_size=13).filter(lambda body: len(body) in (7, 11, 12, 13)))
def test_the_check_digit_makes_a_gtin_and_no_other_digit_does(body: str) -> None:
    valid = [digit for digit in "0123456789" if is_gtin(body + digit)]

    assert valid == ([check_digit(body)] if body.strip("0") else [])


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.sampled_from("123456789"))
def test_one_mistyped_digit_is_noticed(body: str, place: int, off: str) -> None:
    code = body + check_digit(body)
    wrong = code[:place] + str((int(code[place]) + int(off)) % 10) + code[place + 1 :]

    assert not is_gtin(wrong)


@pytest.mark.parametrize(
    "wrong", ["", "0", "4006381333932", "400638133393", "00000000", "４００６３８１３３３９３１", "12 45"]
)
def test_what_is_no_gtin_is_refused(wrong: str) -> None:
    assert not is_gtin(wrong)


def test_every_indian_code_of_open_food_facts_is_valid() -> None:
    vectors = rows("catalog_off/off_india_890.csv")

    assert len(vectors) == 864
    assert all(is_gtin(row["barcode"]) for row in vectors)


@pytest.mark.parametrize("printed", ["40063812", "036000291452", "4006381333931", "14006381333938"])
def test_a_code_is_kept_in_the_common_form_and_shown_as_printed(printed: str) -> None:
    assert len(to_gtin14(printed)) == 14
    assert as_printed(to_gtin14(printed)) == printed
