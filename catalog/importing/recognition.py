"""Recognising a list: its layout, its header, what each column holds, and the decimal mark."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from catalog.gtin import is_gtin
from catalog.importing.columns import OWN_MARK, Column, column_of, columns_of, plain
from catalog.importing.numbers import POINT, decimal_mark_of, number
from catalog.importing.settings import Settings
from pantrypal.core.tables import Row, read, recognise

SAMPLE = 1000
HEADER_WITHIN = 30
MONEY = (Column.PRICE, Column.MRP, Column.COST, Column.PROMOTION_PRICE, Column.PACK_PRICE)
FIGURES = (*MONEY, Column.TAX_RATE, Column.PACK_QUANTITY)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The settings found, with the header's words and the first rows, to be shown to people."""

    settings: Settings
    headers: list[str]
    sample: list[Row]

    @property
    def fingerprint(self) -> str:
        """The same for every list with this header, so that what was chosen for one holds for the next."""
        words = "\x1f".join(plain(header) for header in self.headers)
        return hashlib.sha256(words.encode()).hexdigest()[:32] if words.strip("\x1f") else ""


def recognise_list(file: BinaryIO) -> Recognised:
    """Raises FileRefused."""
    layout = recognise(file)
    rows = list(islice(read(file, layout), SAMPLE))
    place = _header_among(rows[:HEADER_WITHIN])
    headers = [] if place is None else rows[place].cells
    sample = rows if place is None else rows[place + 1 :]
    columns = _columns(headers, sample) if headers else _columns_by_content(sample)
    money = (row.cells[columns[c]] for row in sample for c in MONEY if c in columns and columns[c] < len(row.cells))
    is_own = set(OWN_MARK) <= set(headers)
    settings = Settings(
        layout=layout,
        header=0 if place is None else rows[place].line,
        columns=columns,
        decimal_mark=POINT if is_own else decimal_mark_of(money),
        faithful=is_own,
    )
    return Recognised(settings, headers, sample)


def _header_among(rows: Sequence[Row]) -> int | None:
    """The first of the rows with the most words that are known over columns; one word is not enough for a title."""
    known = [len(set(columns_of(row.cells).values())) for row in rows]
    most = max(known, default=0)
    if most == 0 or (
        most == 1 and len(rows[known.index(1)].cells) > 1 and column_of(rows[known.index(1)].cells[0]) is None
    ):
        return None
    return known.index(most)


def _columns(headers: Sequence[str], sample: Sequence[Row]) -> dict[Column, int]:
    """Where several columns claim the same, the one that is filled best with what belongs there."""
    claims: defaultdict[Column, list[int]] = defaultdict(list)
    for place, column in columns_of(headers).items():
        claims[column].append(place)
    return {column: max(places, key=lambda p: (_fit(column, p, sample), -p)) for column, places in claims.items()}


def _fit(column: Column, place: int, sample: Sequence[Row]) -> int:
    cells = [row.cells[place].strip() for row in sample if place < len(row.cells)]
    if column in FIGURES:
        return sum(_is_number(cell) for cell in cells)
    return sum(bool(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    try:
        return number(cell, ".") is not None
    except ValueError:
        return False


def _columns_by_content(sample: Sequence[Row]) -> dict[Column, int]:
    """Cells without a header, pasted perhaps: barcodes prove themselves, names are long, prices are what is left."""
    width = max((len(row.cells) for row in sample), default=0)
    cells = [[row.cells[place].strip() for row in sample if place < len(row.cells)] for place in range(width)]
    found: dict[Column, int] = {}
    for place in range(width):
        if Column.BARCODE not in found and cells[place] and sum(map(is_gtin, cells[place])) * 2 > len(cells[place]):
            found[Column.BARCODE] = place
    texts = [place for place in range(width) if not _is_mostly_numbers(cells[place])]
    if texts:
        found[Column.NAME] = max(texts, key=lambda place: sum(map(len, cells[place])))
    figures = [p for p in range(width) if _is_mostly_numbers(cells[p]) and p not in found.values()]
    found |= dict(zip((Column.PRICE, Column.MRP), figures, strict=False))
    return found


def _is_mostly_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(_is_number, cells)) * 2 > len(cells)
