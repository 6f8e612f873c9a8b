"""What an honest list stays below, and what a bomb does not (reliability: zip, gzip and XML bombs)."""

from __future__ import annotations

import io
from typing import BinaryIO

from django.utils.translation import gettext as _

from pantrypal.core.tables.refusals import FileRefused

MIB = 1024 * 1024
LARGEST_FILE = 50 * MIB
LARGEST_CONTENT = 1024 * MIB  # once unpacked
# Half a million rows of a real price list shrink to a tenth; a file of zeros to a thousandth.
HIGHEST_RATIO = 200
MOST_SHARED = 128 * MIB  # all texts of a workbook together, which are held in memory
LONGEST_CELL = 32_767  # Excel's own limit
LONGEST_LINE = MIB
WIDEST_ROW = 1000


def require_ratio(packed: int, unpacked: int) -> None:
    if unpacked > LARGEST_CONTENT or (unpacked > MIB and unpacked > packed * HIGHEST_RATIO):
        raise FileRefused("bomb", _("The file would swell to an absurd size when unpacked. It is not read."))


def require_cell(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise FileRefused("cell_too_long", _("A cell holds more than 32,767 characters. This is no price list."))
    return text


def require_line(size: int) -> None:
    """`size` in bytes, of which a character may have four."""
    if size > 4 * LONGEST_LINE:
        raise line_too_long()


def line_too_long() -> FileRefused:
    return FileRefused("line_too_long", _("A line is longer than a million characters. This is no table."))


def require_shared(held: int) -> None:
    if held > MOST_SHARED:
        raise FileRefused("too_much_text", _("The workbook holds far too much text. Please save it as CSV."))


def require_width(columns: int) -> None:
    if columns > WIDEST_ROW:
        raise FileRefused("too_wide", _("A row has more than 1,000 columns. This is no price list."))


class Unpacked(io.RawIOBase):
    """What a packed stream holds, read no further than an honest file would reach.

    `packed` is the file underneath, whose position tells how much has been taken from it.
    """

    def __init__(self, stream: BinaryIO, packed: BinaryIO) -> None:
        self._stream, self._packed, self._given = stream, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, ValueError) as problem:
            raise FileRefused("damaged", _("The file is damaged: it cannot be unpacked.")) from problem
        self._given += len(data)
        require_ratio(max(self._packed.tell(), 1), self._given)
        buffer[: len(data)] = data
        return len(data)
