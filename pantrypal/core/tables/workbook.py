"""XLSX, streamed: a sheet of half a million rows is read in the memory of its words.

The usual libraries hold the whole sheet, or allocate what its corners span (ECMA-376 part 1, 18.3).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse
from django.utils.translation import gettext as _

from pantrypal.core.tables.layout import Row
from pantrypal.core.tables.limits import require_ratio
from pantrypal.core.tables.refusals import FileRefused
from pantrypal.core.tables.workbook_parts import Collector, RowsCollector, TextsCollector

BLOCK = 64 * 1024
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PROBLEMS = (zipfile.BadZipFile, KeyError, ExpatError, SyntaxError, ValueError, EOFError, NotImplementedError)


def sheet_names(file: BinaryIO) -> list[str]:
    with _book(file) as book:
        return list(_sheets(book))


def rows_of(file: BinaryIO, sheet: str) -> Iterator[Row]:
    """Every row of the sheet that is not empty. Raises FileRefused."""
    with _book(file) as book:
        try:
            path = _sheets(book)[sheet]
            shared = _shared_texts(book)
            yield from _parsed(book, path, RowsCollector(shared))
        except PROBLEMS as problem:
            raise _damaged() from problem


def _book(file: BinaryIO) -> zipfile.ZipFile:
    """The package, once the sizes it declares are those of an honest one; nothing is read beyond them."""
    try:
        book = zipfile.ZipFile(file)
        members = book.infolist()
    except PROBLEMS as problem:
        raise _damaged() from problem
    for member in members:
        require_ratio(member.compress_size, member.file_size)
    require_ratio(sum(member.compress_size for member in members), sum(member.file_size for member in members))
    if "xl/workbook.xml" not in book.namelist():
        raise FileRefused("no_workbook", _("This is a ZIP archive, not an Excel file. Please unpack it first."))
    return book


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets and where they lie."""
    try:
        with book.open("xl/_rels/workbook.xml.rels") as part:
            targets = {node.get("Id"): node.get("Target") for node in parse(part).getroot()}
        with book.open("xl/workbook.xml") as part:
            found = [node for node in parse(part).getroot().iter() if node.tag.endswith("}sheet")]
    except DefusedXmlException:
        _refuse_entities()
    except PROBLEMS as problem:
        raise _damaged() from problem
    paths = {str(node.get("name")): str(targets.get(node.get(RELATION), "")) for node in found}
    return {name: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for name, path in paths.items() if path}


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return list(_parsed(book, "xl/sharedStrings.xml", TextsCollector()))


def _parsed(book: zipfile.ZipFile, path: str, collector: Collector) -> Iterator[Any]:
    """What the collector finds, block by block. expat itself: SAX on top of it takes four times as long."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler, parser.EndElementHandler = collector.start, collector.end
    parser.CharacterDataHandler = collector.characters
    with book.open(path) as part:
        while block := part.read(BLOCK):
            parser.Parse(block, False)
            yield from collector.take()
        parser.Parse(b"", True)
    yield from collector.take()


def _refuse_entities(*args: Any) -> None:
    """No part of a workbook has a document type, and without one there are no entities."""
    raise FileRefused("entities", _("The file defines entities, which no table needs. It is not read."))


def _damaged() -> FileRefused:
    return FileRefused("damaged", _("The Excel file is damaged and cannot be read."))
