"""CSV, TSV and their kin."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from pantrypal.core.tables.layout import Kind, Layout, Row
from pantrypal.core.tables.limits import LONGEST_CELL, LONGEST_LINE, line_too_long, require_width
from pantrypal.core.tables.refusals import FileRefused

DELIMITERS = ("\t", ";", ",", "|")
SAMPLE = 400


def layout_of(file: BinaryIO, encoding: str) -> Layout:
    """How the text is written; `file` stands at its beginning."""
    sample = list(islice(_lines(file, encoding), SAMPLE))
    quoted = any(re.search(rf'(^|[{"".join(DELIMITERS)}])"', line) for line in sample)
    delimiter = max(DELIMITERS, key=lambda mark: _agreement(sample, mark, quoted))
    return Layout(
        Kind.DELIMITED, encoding=encoding, delimiter=delimiter, quoted=quoted and _encloses(sample, delimiter)
    )


def rows_of(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """Every row that is not empty, with the line it ends on. Raises FileRefused."""
    reader = _reader(_lines(file, layout.encoding), layout.delimiter, layout.quoted)
    try:
        for cells in reader:
            require_width(len(cells))
            if any(cells):
                yield Row(reader.line_num, cells)
    except csv.Error as problem:
        raise FileRefused(
            "cell_too_long", _("A cell is far too long: perhaps a quotation mark is not closed.")
        ) from problem


def _reader(lines: Iterator[str], delimiter: str, quoted: bool) -> Any:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines with their ends, none longer than a line can be; what does not decode becomes a replacement mark."""
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise line_too_long()
            yield line.replace("\x00", "")
    finally:
        if not file.closed:  # it is the caller's to close
            text.detach()


def _agreement(sample: list[str], delimiter: str, quoted: bool) -> tuple[int, int]:
    """In how many rows the mark makes the same number of columns, more than one; and how many columns."""
    widths = _widths(sample, delimiter, quoted)
    wide = [(width, rows) for width, rows in widths.items() if width > 1]
    width, rows = max(wide, key=lambda found: found[0] * found[1], default=(1, 0))
    return rows, width


def _encloses(sample: list[str], delimiter: str) -> bool:
    """Whether quotation marks enclose cells; a list that writes inches as 5" may begin a cell with one.

    The reading under which the rows are more alike is the right one; where both are, whole cells in quotation
    marks tell.
    """
    with_marks, without = (_likeness(_widths(sample, delimiter, quoted)) for quoted in (True, False))
    if with_marks != without:
        return with_marks > without
    end = re.escape(delimiter)
    return any(re.search(rf'(^|{end})"([^"]|"")*"({end}|\r?\n?$)', line) for line in sample)


def _likeness(widths: Counter[int]) -> Fraction:
    """The share of the rows that have the most frequent number of columns."""
    return Fraction(max(widths.values(), default=0), max(widths.total(), 1))


def _widths(sample: list[str], delimiter: str, quoted: bool) -> Counter[int]:
    try:
        return Counter(len(cells) for cells in _reader(iter(sample), delimiter, quoted) if any(cells))
    except csv.Error:
        return Counter()
