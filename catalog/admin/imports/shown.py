"""A job as its page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from catalog.importing.columns import COLUMN_NAMES, Column
from catalog.importing.reasons import REASONS, REMARKS
from catalog.importing.settings import Settings
from catalog.models import ImportChange, ImportJob, ImportRejection
from pantrypal.core.tables import FileRefused, Kind, Row, read

SAMPLE = 6
MOST_MENDED_AT_ONCE = 50
FIELD_NAMES = {
    "brand_id": _("brand"),
    "category_id": _("category"),
    "family_id": _("family of variants"),
    "tax_class_id": _("tax class"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    place: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row to be mended: the cells that mean something, in the order of the list."""

    line: int
    sentence: str
    cells: list[Cell]


def sample_of(job: ImportJob, settings: Settings) -> list[Row]:
    """The first rows below the header."""
    try:
        with job.opened() as file:
            below = (row for row in read(file, settings.layout) if row.line > settings.header)
            return list(islice(below, SAMPLE))
    except FileRefused:
        return []


def layout_words(settings: Settings) -> str:
    """How the file is written, in a few words."""
    layout = settings.layout
    if layout.kind == Kind.WORKBOOK:
        return _("Excel, sheet “%s”") % layout.sheet
    if layout.kind == Kind.MARKUP:
        return _("XML, records “%s”") % layout.record
    mark = {"\t": _("tabs"), ";": _("semicolons"), ",": _("commas"), "|": _("bars")}[layout.delimiter]
    return _("%(encoding)s, columns apart by %(mark)s") % {"encoding": layout.encoding.upper(), "mark": mark}


def refused_page(job: ImportJob, asked: str) -> Page[ImportRejection]:
    """So many of the rows that were refused as can be mended at once."""
    rows = ImportRejection.objects.filter(job=job).order_by("line", "pk")
    return Paginator(rows, MOST_MENDED_AT_ONCE).get_page(asked)


def refused_rows(page: Page[ImportRejection], settings: Settings) -> list[Refused]:
    """Each with its reason."""
    titles = {place: str(COLUMN_NAMES[Column(column)]) for column, place in settings.columns.items()}
    return [
        Refused(row.line, row.sentence, [
            Cell(place, titles[place], row.cells[place] if place < len(row.cells) else "") for place in sorted(titles)
        ])
        for row in page
    ]  # fmt: skip


def reasons_of(job: ImportJob) -> list[dict[str, Any]]:
    """How often each reason came up, the most frequent first."""
    counted: Counter[str] = Counter(
        dict(ImportRejection.objects.filter(job=job).values_list("code").annotate(Count("pk")).order_by())
    )
    return [{"code": code, "count": count, "words": _general(code)} for code, count in counted.most_common()]


def _general(code: str) -> str:
    """The reason without the particulars of one row."""
    blanks: dict[str, str] = dict.fromkeys(("value", "fix", "length", "line", "price", "mrp", "product"), "…")
    return str(REASONS[code]) % blanks


def remarks_of(job: ImportJob) -> list[dict[str, Any]]:
    return [{"count": count, "words": REMARKS[code]} for code, count in job.remarks.items()]


def differences_of(job: ImportJob) -> list[dict[str, Any]]:
    """The first products that change, each field with its old and new value where people can read them."""
    told = []
    for change in job.differences:
        fields = [
            {
                "name": FIELD_NAMES.get(name, name),
                "old": "" if name in FIELD_NAMES else old,
                "new": "" if name in FIELD_NAMES else new,
            }
            for name, (old, new) in change["fields"].items()
            if not name.startswith("barcode ")
        ]
        told.append({"name": change["name"], "sku": change["sku"], "fields": fields, "codes": change["codes"]})
    return told


def undone_of(job: ImportJob) -> list[dict[str, Any]]:
    rows = ImportChange.objects.filter(job=job, kind=ImportChange.Kind.PRODUCT).exclude(undone="")
    counted = rows.values_list("undone").annotate(Count("pk")).order_by("undone")
    return [{"words": ImportChange.Undone(state).label, "count": count} for state, count in counted]
