"""The codes of the GST tariff: shipped in plain words, loaded from the official list, found by words and figures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Product
from catalog.queries.hsn import find_hsn
from pantrypal.core.models import HsnCode
from pantrypal.core.operations.hsn import load_hsn
from tests import data
from tests.api import Api
from tests.core.tables.workbooks import saved
from tests.shop import Shop

LIST = b"HSN_CD,HSN_Description\n0406,CHEESE AND CURD\n04061000,FRESH (UNRIPENED) CHEESE\n190531,SWEET BISCUITS\n"


def found(text: str, **values: int) -> list[str]:
    return [row.code for row in find_hsn(text, **values)]


def test_every_chapter_and_the_headings_of_shops_are_shipped_and_of_the_tariff(shop: Shop) -> None:
    official = {row["hsn_code"] for row in data.rows("gst_in/hsn_codes.csv.gz")}
    shipped = list(HsnCode.objects.exclude(name="").values_list("code", flat=True))
    chapters = {code for code in shipped if len(code) == 2}
    headings = {code for code in shipped if len(code) == 4}

    assert chapters == {code[:2] for code in official if code[:2] != "99"}
    assert len(headings) == len(shipped) - len(chapters) == 534
    assert headings <= official
    for code in headings:
        Product._meta.get_field("hsn").run_validators(code)


@pytest.mark.parametrize(
    ("text", "first"),
    [("biscuits", "1905"), ("paneer", "0406"), ("BISCUITS bread", "1905"), ("0406", "0406"), ("t-shirts", "6109")],
)
def test_a_heading_is_found_by_a_shopkeepers_words_and_by_figures(shop: Shop, text: str, first: str) -> None:
    assert found(text, least_figures=4)[0] == first


def test_the_official_list_adds_its_codes_and_words_and_again_changes_nothing(shop: Shop) -> None:
    first, again = load_hsn(io.BytesIO(LIST)), load_hsn(io.BytesIO(LIST))

    assert (first.new, first.changed, first.unchanged) == (2, 1, 0)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    cheese = HsnCode.objects.get(code="0406")
    assert (cheese.name, cheese.description) == ("Paneer and cheese", "CHEESE AND CURD")
    assert found("cheese") == ["0406", "04061000"]
    assert found("190531") == ["190531"]
    assert found("fresh cheese") == ["04061000"]


def test_a_workbook_that_has_lost_leading_zeros_is_read_all_the_same(shop: Shop) -> None:
    load_hsn(saved([["Code", "Text"], [406, "CHEESE"], [4061000, "FRESH CHEESE"]]))

    assert HsnCode.objects.get(code="04061000").description == "FRESH CHEESE"


def test_the_whole_official_list_is_taken_over_by_the_command(shop: Shop, tmp_path: Path) -> None:
    said = io.StringIO()

    call_command("load_hsn", str(data.path("gst_in/hsn_codes.csv.gz")), stdout=said)

    assert said.getvalue() == "18153 new, 534 changed, 0 unchanged.\n"
    assert all(code.startswith("1006") for code in found("basmati rice"))
    assert found("basmati rice")
    (tmp_path / "empty.csv").write_text("name;price\nRice;1\n")
    with pytest.raises(CommandError, match="no HSN codes"):
        call_command("load_hsn", str(tmp_path / "empty.csv"))


def test_the_api_finds_codes_by_words(shop: Shop) -> None:
    api = Api(shop)

    status, answer = api.get("hsn?q=tooth")
    assert (status, answer["next"]) == (200, None)
    assert {row["code"]: row["name"] for row in answer["results"]} == {
        "3306": "Toothpaste and other care of the mouth",
        "4421": "Other wooden goods: hangers, toothpicks",
        "9603": "Brooms, brushes and toothbrushes",
    }
    assert [row["code"] for row in api.get("hsn?q=19&limit=2")[1]["results"]] == ["19", "1901"]
