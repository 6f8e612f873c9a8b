"""Every list of the reference data, counted to the row; the figures are those that come with the lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from catalog.importing.reasons import Rejection
from catalog.importing.recognition import recognise_list
from catalog.importing.sieve import Sieve
from pantrypal.core.tables import read
from tests import data


@dataclass
class Counted:
    rows: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)


def count(name: str, **choices: Any) -> Counted:
    with data.path(name).open("rb") as file:
        settings = recognise_list(file).settings.chosen(**choices)
        sieve = Sieve(settings, places=2, mrp_ceiling=True)
        counted = Counted(remarks=sieve.remarks)
        for outcome in sieve.outcomes(read(file, settings.layout)):
            counted.rows += 1
            if isinstance(outcome, Rejection):
                assert outcome.sentence
                counted.rejected[outcome.code] += 1
        return counted


HR = "pricelists_hr/"
LISTS = [
    ("kaufland.tsv.gz", 14_816, {}, {"scale_label": 333, "short_code": 49, "repeated_row": 1}),
    (
        "plodine.csv.gz",
        10_442,
        {"bad_check_digit": 35, "bad_length": 1, "lost_zero": 1},
        {"promotion_price_used": 1_042, "no_barcode": 283, "scale_label": 34, "short_code": 30},
    ),
    (
        "eurospin.csv.gz",
        5_180,
        {"barcode_repeated": 135, "bad_check_digit": 14, "bad_length": 1},
        {"no_barcode": 756, "repeated_item": 1_194, "short_code": 2},
    ),
    ("ktc.csv.gz", 10_136, {}, {"promotion_price_used": 1_212, "no_barcode": 224, "short_code": 1}),
    ("konzum_valkanela_20251229.csv.gz", 2_274, {}, {"no_barcode": 21}),
    ("konzum_valkanela_later.csv.gz", 2_262, {}, {"no_barcode": 21}),
    ("dm.xlsx", 23_109, {"lost_zero": 524}, {"promotion_price_used": 4_888}),
]


@pytest.mark.parametrize(("name", "rows", "rejected", "remarks"), LISTS, ids=[entry[0] for entry in LISTS])
def test_a_list_of_a_croatian_chain_is_counted_to_the_row(
    name: str, rows: int, rejected: dict[str, int], remarks: dict[str, int]
) -> None:
    counted = count(HR + name)
    assert counted.rows == rows
    assert counted.rejected == rejected
    assert counted.remarks == remarks


@pytest.mark.parametrize(
    ("name", "choices", "rejected"),
    [
        # The rows without a normal price, and those with a price of 0.00; a barcode is looked at first.
        ("plodine.csv.gz", {"promotion_price": "refuse"}, {"price_missing": 1_042}),
        ("dm.xlsx", {"promotion_price": "refuse", "fix_zeros": True}, {"price_missing": 4_997}),
        ("ktc.csv.gz", {"promotion_price": "refuse"}, {"price_zero": 1_212}),
        ("eurospin.csv.gz", {"same_barcode": "merge"}, {"item_price_differs": 106}),
    ],
)
def test_a_choice_decides_what_becomes_of_doubtful_rows(
    name: str, choices: dict[str, Any], rejected: dict[str, int]
) -> None:
    found = count(HR + name, **choices).rejected
    assert {code: found[code] for code in rejected} == rejected


def test_the_list_of_a_large_indian_shop_has_one_row_without_a_name() -> None:
    counted = count("catalog_bigbasket/bigbasket_products.csv.gz")
    assert counted.rows == 27_555
    assert counted.rejected == {"name_missing": 1}


def test_every_indian_barcode_of_open_food_facts_is_valid() -> None:
    counted = count("catalog_off/off_india_890.csv")
    assert (counted.rows, counted.rejected) == (864, {})
    assert counted.remarks == {"no_prices": 864}


def test_of_a_world_wide_sample_the_mistyped_barcodes_are_refused() -> None:
    counted = count("catalog_off/off_sample_20000.csv.gz")
    assert counted.rows == 20_000
    assert counted.rejected == {"bad_check_digit": 163, "bad_length": 40, "lost_zero": 10}
    # 19,762 GTINs are valid as they stand; a scale label or two may be so by chance.
    assert counted.remarks == {"no_prices": 19_787, "short_code": 23, "scale_label": 4}
