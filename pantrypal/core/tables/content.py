"""What a file is by its content; its name may say anything."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from pantrypal.core.tables.layout import Kind
from pantrypal.core.tables.limits import LARGEST_FILE, Unpacked
from pantrypal.core.tables.refusals import FileRefused

GZIP, ZIP, OLD_EXCEL = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x7fELF", b"MZ")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def opened(file: BinaryIO) -> BinaryIO:
    """The file from its beginning, without the gzip around it. Raises FileRefused."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > LARGEST_FILE:
        raise FileRefused("too_large", _("The file is larger than 50 MiB. Please split it, or pack it with gzip."))
    if _first(file, 2) != GZIP:
        return file
    inner = cast(BinaryIO, io.BufferedReader(Unpacked(cast(BinaryIO, gzip.GzipFile(fileobj=file)), file)))
    try:
        if inner.peek(2)[:2] == GZIP:  # type: ignore[attr-defined]
            raise FileRefused("packed_twice", _("The file is packed twice. Please unpack it once."))
    except zlib.error as problem:
        raise FileRefused("damaged", _("The file is damaged: it cannot be unpacked.")) from problem
    return inner


def kind_of(file: BinaryIO) -> Kind:
    """Raises FileRefused for what is no table."""
    start = opened(file).read(4096)
    if start.startswith(ZIP):
        return Kind.WORKBOOK
    if start.startswith(OLD_EXCEL):
        raise FileRefused("old_excel", _("This is an old Excel file (.xls). Please save it as .xlsx or CSV."))
    if not start.strip(b"\x00\r\n\t ;,"):
        raise FileRefused("empty", _("The file is empty."))
    if start.startswith(OTHERS) or (b"\x00" in start and not start.startswith(MARKS)):
        raise FileRefused("no_table", _("This is no table. Please bring a CSV, XLSX or XML file."))
    return Kind.MARKUP if _without_mark(start).lstrip().startswith(b"<") else Kind.DELIMITED


def _first(file: BinaryIO, count: int) -> bytes:
    start = file.read(count)
    file.seek(0)
    return start


def _without_mark(start: bytes) -> bytes:
    if start.startswith(MARKS[1:]):
        start = start[2:].replace(b"\x00", b"")
    return start.removeprefix(MARKS[0])
