"""Writing tables that open in a spreadsheet without doing anything there, and that can be read back to the letter.

A cell of CSV that begins like a formula gets an apostrophe before it, and so does one that begins with an
apostrophe; whoever reads our own tables takes one away (`harmless`, `as_written`). In XLSX a text is a text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

Value = str | Decimal | int | None
FORMULA = frozenset("=+-@＝＋－＠")
CONTROL = frozenset("\t\r\n'")
# The same table is the same file whenever it is written.
BEGINNING = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no zones


def harmless(text: str) -> str:
    """The text as a cell of CSV that no spreadsheet takes for a formula."""
    if text and (text[0] in CONTROL or text.lstrip()[:1] in FORMULA):
        return f"'{text}"
    return text


def as_written(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell.removeprefix("'")


def write_csv(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """UTF-8 with a mark, so that Excel believes it; numbers with a point."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Row by row: memory does not grow with the table."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": BEGINNING})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(header):
        sheet.write_string(0, column, title)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and value:
                sheet.write_string(line, column, value)
            elif isinstance(value, Decimal | int):
                sheet.write_number(line, column, value)
    book.close()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else f"{value}"
