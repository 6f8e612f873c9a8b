from __future__ import annotations

import pytest

from pantrypal.core.gstin import check_character, is_gstin
from pantrypal.core.india import STATES
from tests.data import rows


def test_gstins_are_told_apart_by_check_character_and_state() -> None:
    vectors = rows("gst_in/gstin_vectors.csv")

    assert {row["gstin"]: is_gstin(row["gstin"]) for row in vectors} == {
        row["gstin"]: row["checksum_ok"] == "1" for row in vectors
    }
    assert is_gstin("19AAACI1681G1DV")  # the 14th character is not always Z


@pytest.mark.parametrize("wrong", ["", "24AANFA2641L1Z", "24AANFA2641L1ZFX", "24aanfa2641l1zf", "२४AANFA2641L1ZF"])
def test_what_is_no_gstin_is_refused(wrong: str) -> None:
    assert not is_gstin(wrong)


def test_every_single_wrong_character_is_noticed() -> None:
    right = "24AANFA2641L1ZF"

    for place in range(14):
        for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            changed = right[:place] + other + right[place + 1 :]
            assert changed == right or check_character(changed[:14]) != changed[14]


def test_the_state_codes_are_the_governments() -> None:
    official = {row["gst_code"]: row["state"] for row in rows("gst_in/state_codes.csv")}

    assert STATES.keys() == official.keys()
    assert {code: STATES[code] for code in STATES if STATES[code] != official[code]} == {"31": "Lakshadweep"}
