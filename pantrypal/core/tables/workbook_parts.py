"""The parts of a workbook as they stream by: shared texts, and rows of cells (ECMA-376 part 1, 18.3 and 18.4)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from pantrypal.core.tables.layout import Row
from pantrypal.core.tables.limits import LONGEST_CELL, require_cell, require_shared, require_width

OVERHEAD = 60  # bytes of a text besides its characters
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Collector:
    """Collects the text of the elements it listens to. Names may carry a prefix (`x:row`)."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self.text = ""
        self.listens = False

    def take(self) -> list[Any]:
        found, self.found = self.found, []
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def characters(self, content: str) -> None:
        if self.listens:
            self.text += content
            if len(self.text) > LONGEST_CELL:
                require_cell(self.text)


class TextsCollector(Collector):
    """`<si>` may hold its text in several runs; hints of pronunciation (`rPh`) are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_hint = False
        self.held = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "rPh":
            self.is_hint = True
        self.listens = name == "t" and not self.is_hint

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.listens = False
        if name == "rPh":
            self.is_hint = False
        elif name == "si":
            self.held += len(self.text) + OVERHEAD
            require_shared(self.held)
            self.found.append(plain_text(self.text))
            self.text = ""


class RowsCollector(Collector):
    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self.shared = shared
        self.line, self.column, self.kind = 0, -1, ""
        self.cells: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            reference = attributes.get("r")
            self.column = column_number(reference) if reference else self.column + 1
            self.kind = attributes.get("t", "n")
        elif name == "row":
            self.line = int(attributes.get("r") or self.line + 1)
            self.cells, self.column = [], -1
        self.listens = name == "v" or name == "t"

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.listens = False
        if name == "c" and self.text:
            require_width(max(self.column, len(self.cells)) + 1)  # a cell may come twice
            text = self._written()
            if text:
                self.cells += [""] * (self.column - len(self.cells)) + [text]
        elif name == "row" and self.cells:
            self.found.append(Row(self.line, self.cells))

    def _written(self) -> str:
        text, self.text = self.text, ""
        if self.kind == "s":
            return self.shared[int(text)]
        if self.kind in ("inlineStr", "str"):
            return plain_text(text)
        if self.kind == "n" and ("." in text or "E" in text or "e" in text):
            return plain_number(text)
        return text


def plain_text(text: str) -> str:
    """Signs that XML cannot hold are written as _x000D_ (ECMA-376 part 1, 22.9.2.19)."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


@cache
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_number(reference: str) -> int:
    """0 for A1, 27 for AB7."""
    letters = reference.rstrip("0123456789")
    if not 1 <= len(letters) <= 3 or not letters.isupper():
        raise ValueError(reference)
    return _column_of(letters)


def plain_number(text: str) -> str:
    """Excel stores 7.99 as 7.9900000000000002 and long codes as 8.90103E+12; people see 15 figures."""
    shown = f"{Decimal(text):.15g}"
    return f"{Decimal(shown).normalize():f}"
