"""The official list of HSN codes, taken over from the file that the tax office publishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core.models import HsnCode
from pantrypal.core.tables import FileRefused, Row, read, recognise

SAMPLE = 200
LONGEST = 1000
HEADING = 4


@dataclass(frozen=True, slots=True)
class Loaded:
    new: int
    changed: int
    unchanged: int


def load_hsn(file: BinaryIO) -> Loaded:
    """Take over codes and descriptions of a CSV or XLSX; which column is which shows in what they hold.

    Codes that the file lacks stay: products may have them. Raises FileRefused.
    """
    found = dict(_codes(list(read(file, recognise(file)))))
    if not any(len(code) >= HEADING for code in found):
        raise FileRefused("no_codes", _("There are no HSN codes in this file."))
    with transaction.atomic():
        known = dict(HsnCode.objects.values_list("code", "description"))
        differing = [HsnCode(code=code, description=text) for code, text in found.items() if known.get(code) != text]
        HsnCode.objects.bulk_create(
            differing, batch_size=1000, update_conflicts=True, unique_fields=["code"], update_fields=["description"]
        )
    new = sum(row.code not in known for row in differing)
    return Loaded(new, len(differing) - new, len(found) - len(differing))


def _codes(rows: Sequence[Row]) -> Iterable[tuple[str, str]]:
    width = max((len(row.cells) for row in rows[:SAMPLE]), default=0)
    columns = [[row.cells[place] for row in rows[:SAMPLE] if place < len(row.cells)] for place in range(width)]
    if not columns:
        return
    code = max(range(width), key=lambda place: len({kept for cell in columns[place] if (kept := hsn_of(cell))}))
    text = max(range(width), key=lambda place: sum(map(len, columns[place])))
    for row in rows:
        if max(code, text) < len(row.cells) and (kept := hsn_of(row.cells[code])):
            yield kept, " ".join(row.cells[text].split())[:LONGEST]


def hsn_of(cell: str) -> str:
    """The code of a cell, with the leading zero that spreadsheets take; nothing where it holds none."""
    figures = cell.strip().removeprefix("'").replace(" ", "").replace(".", "")
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 8):
        return ""
    return figures.zfill(len(figures) + len(figures) % 2)
