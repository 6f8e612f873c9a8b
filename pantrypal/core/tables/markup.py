"""XML lists: one element a record, its attributes and inner elements the columns.

So publish the chains that have no CSV: <products><product><name>..</name><barcode>..</barcode></product>..
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from pantrypal.core.tables.layout import Row
from pantrypal.core.tables.limits import LONGEST_LINE, require_cell, require_width
from pantrypal.core.tables.refusals import FileRefused

SAMPLE = 2000
DEEPEST = 50
MOST_HELD = 100_000


def record_of(file: BinaryIO) -> str:
    """The element that makes a record: of those that come in numbers, the one that encloses the others."""
    seen: Counter[tuple[int, str]] = Counter()
    for depth, node in islice(_elements(file), SAMPLE):
        if depth and (len(node) or node.attrib):
            seen[depth, _name(node.tag)] += 1
    if not seen:
        raise FileRefused("no_table", _("The XML file holds no records."))
    most = max(seen.values())
    return min(place for place, count in seen.items() if count * 8 >= most and count >= min(most, 2))[1]


def rows_of(file: BinaryIO, record: str) -> Iterator[Row]:
    """First the names of the columns, as the first records have them, then each record."""
    records = (dict(_fields(node)) for _depth, node in _elements(file, record) if _name(node.tag) == record)
    first = list(islice(records, 100))
    columns = list(dict.fromkeys(name for row in first for name in row))
    require_width(len(columns))
    yield Row(0, columns)
    for number, row in enumerate(chain(first, records), 1):
        yield Row(number, [row.get(name, "") for name in columns])


def _elements(file: BinaryIO, record: str = "") -> Iterator[tuple[int, Any]]:
    """Every element as it ends, innermost first, with its depth; a record is let go after its turn."""
    path: list[Any] = []
    held = 0
    try:
        for event, node in iterparse(_Tame(file), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(node)
                held += 1
                _require_modest(len(path), held)
                continue
            path.pop()
            yield len(path), node
            if path and _name(node.tag) == record:
                path[-1].remove(node)
                held = 0
    except DefusedXmlException as problem:
        raise FileRefused(
            "entities", _("The file defines entities, which no table needs. It is not read.")
        ) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise FileRefused("damaged", _("The XML file is damaged and cannot be read.")) from problem


def _require_modest(depth: int, held: int) -> None:
    if depth > DEEPEST or held > MOST_HELD:
        raise FileRefused("no_table", _("The XML file is no list of records. It is not read."))


def _fields(node: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in node.attrib.items():
        yield f"{prefix}{_name(name)}", require_cell(value.strip())
    for child in node:
        if len(child) or child.attrib:
            yield from _fields(child, f"{prefix}{_name(child.tag)} ")
        if child.text and child.text.strip():
            yield f"{prefix}{_name(child.tag)}", require_cell(child.text.strip())


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Tame:
    """Hands the parser small blocks and refuses text that goes on for a million characters without markup."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.run = file, 0

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(64 * 1024)
        self.run = len(block) - block.rfind(b"<") - 1 if b"<" in block else self.run + len(block)
        if self.run > LONGEST_LINE:
            raise FileRefused("cell_too_long", _("A text in the file is far too long. This is no price list."))
        return block
