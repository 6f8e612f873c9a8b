from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantrypal.core.tables import read, recognise
from pantrypal.core.tables.writing import as_written, harmless, write_csv, write_xlsx

NASTY = [
    "=HYPERLINK(\"http://x\")",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\u00a0=1",
    "＝1",
    "'z bregov",
    "''x",
    "*ARANCINI",
    '"quoted"',
    "two\nlines",
    "two\r\nlines",
    "semi;colon, comma",
    "दूध",
    "_x000D_",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_of_csv_begins_like_a_formula_and_each_is_given_back(text: str) -> None:
    cell = harmless(text)
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@", "＝"}
    assert cell[:1] not in {"\t", "\r"}
    assert as_written(cell) == text if cell != text else not text.startswith("'")


@given(st.text())
def test_any_text_survives_being_made_harmless(text: str) -> None:
    assert as_written(harmless(text)) == text


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_table_is_read_back_as_it_was_written(write) -> None:
    file, again = io.BytesIO(), io.BytesIO()
    rows = [[text, Decimal("49.00"), 7, None, "end"] for text in NASTY]
    write(file, ["text", "price", "count", "nothing", "end"], rows)
    write(again, ["text", "price", "count", "nothing", "end"], rows)

    layout = recognise(file)
    read_back = [row.cells for row in read(file, layout)][1:]

    texts = [as_written(cells[0]) if layout.delimiter else cells[0] for cells in read_back]
    assert texts == NASTY
    assert {Decimal(cells[1]) for cells in read_back} == {Decimal(49)}
    assert {tuple(cells[2:]) for cells in read_back} == {("7", "", "end")}
    assert file.getvalue() == again.getvalue()
