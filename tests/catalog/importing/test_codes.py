from __future__ import annotations

import pytest

from catalog.importing.codes import BadCode, Code, CodeKind, code_of, parts_of, stated_code


@pytest.mark.parametrize(
    ("printed", "kept", "kind"),
    [
        ("8901030865275", "08901030865275", CodeKind.GTIN),
        ("96385074", "00000096385074", CodeKind.GTIN),
        ("083800047857", "00083800047857", CodeKind.GTIN),
        ("2801954000000", "2801954", CodeKind.PLU),
        ("2801953000004", "02801953000004", CodeKind.GTIN),
        ("0211735900000", "02117359", CodeKind.PLU),
        ("4055", "4055", CodeKind.PLU),
        ("20346", "20346", CodeKind.PLU),
        ("211041", "211041", CodeKind.IN_HOUSE),
        ("053112131", "053112131", CodeKind.IN_HOUSE),
        ("AB-12/3", "AB-12/3", CodeKind.IN_HOUSE),
    ],
)
def test_a_code_is_kept_for_what_it_is(printed: str, kept: str, kind: CodeKind) -> None:
    found = code_of(printed)
    assert (found.code, found.kind) == (kept, kind)


def test_a_short_code_of_goods_by_the_kilogram_is_what_their_labels_begin_with() -> None:
    assert code_of("2837371", by_weight=True) == Code("2837371", CodeKind.PLU, label="28")
    assert code_of("2837371") == Code("2837371", CodeKind.IN_HOUSE)


@pytest.mark.parametrize(
    ("printed", "problem", "fix"),
    [
        ("8901030865276", "bad_check_digit", "5"),
        ("83800047857", "lost_zero", "083800047857"),
        ("85469300018", "bad_length", ""),
        ("89010308652751234", "bad_length", ""),
        ("8.90103E+12", "lost_figures", ""),
        ("क", "bad_code", ""),
        ("x" * 61, "bad_code", ""),
    ],
)
def test_a_code_that_cannot_be_right_is_refused_with_what_would_be(printed: str, problem: str, fix: str) -> None:
    with pytest.raises(BadCode) as refused:
        code_of(printed)
    assert (refused.value.problem, refused.value.fix) == (problem, fix)


def test_a_lost_zero_is_put_back_where_that_was_chosen() -> None:
    assert code_of("83800047857", fix_zeros=True).printed == "083800047857"


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("'4067700015020'", ["4067700015020"]),
        ('="8901030865275"', ["8901030865275"]),
        (" 890 1030 865275 ", ["8901030865275"]),
        ("8901030865275, 8901030865282", ["8901030865275", "8901030865282"]),
        ("0000000000000", []),
        ("--", []),
    ],
)
def test_a_cell_gives_its_codes(cell: str, parts: list[str]) -> None:
    assert parts_of(cell) == parts


def test_a_stated_kind_is_believed_where_it_can_be() -> None:
    assert stated_code("2801954", "plu") == Code("2801954", CodeKind.PLU)
    assert stated_code("8901030865275", "gtin").code == "08901030865275"
    with pytest.raises(BadCode):
        stated_code("4055", "gtin")
    with pytest.raises(BadCode):
        stated_code("4055", "ean")
