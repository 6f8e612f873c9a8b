"""How a table is written in its file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    DELIMITED = "delimited"  # CSV, TSV and the like
    WORKBOOK = "workbook"  # XLSX
    MARKUP = "markup"  # XML with one element a row


class Row(NamedTuple):
    """`line` is where people find it: the line of a text, the row of a sheet, the how-manieth record of an XML file."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """`encoding`, `delimiter` and `quoted` belong to delimited text, `sheet` to workbooks, `record` to markup."""

    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    quoted: bool = True
    sheet: str = ""
    record: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Layout:
        return cls(**{**data, "kind": Kind(data["kind"])})
