from __future__ import annotations

import gzip
import io
import zipfile
from typing import BinaryIO

import pytest

from pantrypal.core.tables import FileRefused, limits, read, recognise
from tests.core.tables.workbooks import SHEET, packed

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x><p><n>&l9;</n></p><p><n>b</n></p></x>'


class Watched(io.BytesIO):
    """Counts the bytes that are read of it, however often."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data

    def readinto(self, buffer) -> int:
        count = super().readinto(buffer)
        self.taken += count
        return count

    def read1(self, size: int = -1) -> bytes:
        data = super().read1(size)
        self.taken += len(data)
        return data


def refusal(file: BinaryIO, *, most: int = 8 * limits.MIB) -> str:
    """The reason why the file is refused, wherever its reading stops: before `most` bytes of it are read."""
    file.seek(0)
    watched = Watched(file.read())
    with pytest.raises(FileRefused) as refused:
        for _row in read(watched, recognise(watched)):
            pass
    assert watched.taken <= most
    return refused.value.reason


def zip_bomb() -> BinaryIO:
    return packed(SHEET.format("<row><c t='inlineStr'><is><t>" + "A" * 80 * limits.MIB + "</t></is></c></row>"))


def test_a_workbook_that_swells_a_thousandfold_is_not_unpacked() -> None:
    assert refusal(zip_bomb()) == "bomb"


def test_an_absurd_size_that_a_workbook_declares_is_believed() -> None:
    file = packed(SHEET.format(""))
    raw = bytearray(file.getvalue())
    with zipfile.ZipFile(file) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    place = raw.rindex(size.to_bytes(4, "little"))
    raw[place : place + 4] = (0xFFFFFFF0).to_bytes(4, "little")

    assert refusal(io.BytesIO(bytes(raw))) == "bomb"


def test_cells_in_the_far_corners_take_no_memory_for_what_lies_between() -> None:
    cell = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
    assert refusal(packed(SHEET.format(cell.format(1, "A") + cell.format(1048576, "XFD")))) == "too_wide"

    file = packed(SHEET.format(cell.format(1, "A") + cell.format(1048576, "B")))
    assert list(read(file, recognise(file))) == [(1, ["1"]), (1048576, ["", "1"])]


def test_a_row_that_repeats_one_cell_for_ever_is_given_up_early() -> None:
    cells = "".join(f'<c r="A1"><v>{number}</v></c>' for number in range(5_000))
    assert refusal(packed(SHEET.format(f'<row r="1">{cells}</row>'))) == "too_wide"


def test_a_workbook_with_more_text_than_fits_into_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SHARED", 10_000)
    texts = "".join(f"<si><t>{number}</t></si>" for number in range(1_000))
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refusal(packed(SHEET.format(row), sharedStrings=f"<sst>{texts}</sst>")) == "too_much_text"


def test_elements_nested_a_million_deep_are_no_table() -> None:
    deep = "<x>" * 1_000_000
    assert refusal(io.BytesIO(f"<root><p a='1'/>{deep}".encode())) == "no_table"


def test_an_element_of_a_million_attributes_is_no_record() -> None:
    attributes = " ".join(f"a{number}=''" for number in range(300_000))
    assert refusal(io.BytesIO(f"<root><p {attributes}/></root>".encode())) in ("cell_too_long", "too_wide")


@pytest.mark.parametrize("part", ["sheet", "workbook", "sharedStrings"])
def test_a_workbook_with_entities_is_refused(part: str) -> None:
    parts = {} if part == "sheet" else {part: BILLION_LAUGHS}
    assert refusal(packed(BILLION_LAUGHS if part == "sheet" else SHEET.format(""), **parts)) == "entities"


def test_xml_with_entities_is_refused() -> None:
    assert refusal(io.BytesIO(BILLION_LAUGHS.encode())) == "entities"


@pytest.mark.parametrize("start", ["a;b\n1;", 'a;b\n1;"'])
def test_a_cell_of_a_gigabyte_is_given_up_early(start: str) -> None:
    content = start.encode() + b"A" * 30 * limits.MIB
    assert refusal(io.BytesIO(content)) == "line_too_long"


def test_a_quotation_that_is_never_closed_is_given_up_early() -> None:
    assert refusal(io.BytesIO(b'a;b\n"x";1\n2;"' + b"word\n" * 100_000)) == "cell_too_long"


def test_gzip_in_gzip_and_gzip_that_swells_are_refused() -> None:
    assert refusal(io.BytesIO(gzip.compress(gzip.compress(b"a;b\n1;2\n")))) == "packed_twice"
    assert refusal(io.BytesIO(gzip.compress(b"a;b\n" + b"1;2\n" * 10_000_000))) == "bomb"


@pytest.mark.parametrize("markup", ["<x/>" * 200_000, "<a>" * 1000, "<p><n>" + "A" * 3 * limits.MIB + "</n></p>"])
def test_xml_that_is_no_list_of_records_fills_no_memory(markup: str) -> None:
    assert refusal(io.BytesIO(f"<root><p a='1'/>{markup}".encode())) in ("no_table", "cell_too_long")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"%PDF-1.7 ...", "no_table"),
        (b"\x89PNG\r\n\x1a\n", "no_table"),
        (b"abc\x00\x01\x02def", "no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\x1f\x8b\x08 cut off", "damaged"),
        (b"<products><p a='1'><name>x</nam", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, reason: str) -> None:
    assert refusal(io.BytesIO(content)) == reason


def test_a_zip_of_something_else_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../etc/passwd", "x")

    assert refusal(file) == "no_workbook"


def test_a_file_above_the_limit_is_refused_by_its_size() -> None:
    class Large(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return limits.LARGEST_FILE + 1 if whence == io.SEEK_END else super().seek(offset, whence)

    with pytest.raises(FileRefused) as refused:
        recognise(Large(b"a;b"))
    assert refused.value.reason == "too_large"
