"""Recognising a file and reading its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from pantrypal.core.tables import delimited, markup, workbook
from pantrypal.core.tables.content import kind_of, opened
from pantrypal.core.tables.encoding import encoding_of
from pantrypal.core.tables.layout import Kind, Layout, Row
from pantrypal.core.tables.refusals import FileRefused


def recognise(file: BinaryIO) -> Layout:
    """How the file is written. Raises FileRefused."""
    kind = kind_of(file)
    if kind == Kind.WORKBOOK:
        sheets = workbook.sheet_names(opened(file))
        if not sheets:
            raise FileRefused("empty", _("The Excel file has no sheet."))
        return Layout(kind, sheet=sheets[0])
    if kind == Kind.MARKUP:
        return Layout(kind, record=markup.record_of(opened(file)))
    encoding = encoding_of(opened(file))
    return delimited.layout_of(opened(file), encoding)


def read(file: BinaryIO, layout: Layout) -> Iterator[Row]:
    """The rows that are not empty, each cell as text. Raises FileRefused, also midway."""
    source = opened(file)
    if layout.kind == Kind.WORKBOOK:
        return workbook.rows_of(source, layout.sheet)
    if layout.kind == Kind.MARKUP:
        return markup.rows_of(source, layout.record)
    return delimited.rows_of(source, layout)
