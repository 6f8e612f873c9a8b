"""Bodies and answers of `imports`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from catalog.importing.columns import Column
from pantrypal.core.api.bodies import Answer, Body, Code, FileContent, LongText

Place = Annotated[int, Meta(ge=0, lt=1000, description="Column of the list, from 0.")]
Cells = Annotated[list[LongText], Meta(max_length=1000)]
Line = Annotated[int, Meta(ge=1, lt=10**9)]


class ImportSettings(Body):
    """What is to be read otherwise than it was recognised; what is not named stays.

    `money`: prices in rupees ("major") or paise ("minor"). `same_barcode`: a second item with a barcode is refused or
    merged into the first. `promotion_price`: whether it stands in for a price that is missing or 0. `tax_class`: code,
    for rows that name none.
    """

    columns: dict[Column, Place] | UnsetType = UNSET
    decimal_mark: Literal[".", ","] | UnsetType = UNSET
    money: Literal["major", "minor"] | UnsetType = UNSET
    same_barcode: Literal["refuse", "merge"] | UnsetType = UNSET
    promotion_price: Literal["use", "refuse"] | UnsetType = UNSET
    fix_zeros: bool | UnsetType = UNSET
    tax_class: Code | UnsetType = UNSET


class ImportUpload(Body):
    """A list: CSV, TSV, XLSX or XML, at most 50 MiB, perhaps packed with gzip. `settings` is a field with JSON.

    With `dry_run` the list is only checked; without it, imported at once.
    """

    file: FileContent
    dry_run: bool = False
    settings: ImportSettings | UnsetType = UNSET


class ImportChanges(Body):
    """`rows` puts rows right, by line: these cells take the place of the file's at the next check or start."""

    settings: ImportSettings | UnsetType = UNSET
    rows: dict[Line, Cells] | UnsetType = UNSET


class ImportAnswer(Answer):
    """`progress` in percent, of the rows where their number is known. `total` is the sum of the prices."""

    id: UUID
    file_name: str
    size: int
    sha256: str
    state: str
    progress: int
    rows: int | None
    processed: int
    accepted: int
    rejected: int
    created: int
    changed: int
    unchanged: int
    total: str
    headers: list[str]
    settings: dict[str, Any]
    remarks: dict[str, int]
    differences: list[dict[str, Any]]
    problem: str
    by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None


class RejectedRow(Answer):
    """`code` is stable, `reason` a sentence; `cells` are the row as it was read."""

    id: UUID
    line: int
    code: str
    reason: str
    cells: list[str]
