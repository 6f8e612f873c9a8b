"""The rows that an import has refused, as a table that people mend in a spreadsheet and bring again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.importing.columns import COLUMN_NAMES, Column
from catalog.importing.settings import Settings
from catalog.models import ImportJob, ImportRejection
from pantrypal.core.tables.writing import Value

PAGE = 2000


def refused_header(job: ImportJob) -> list[str]:
    """The list's own titles, so that it is recognised again, then where the row stood and why it was refused."""
    columns = Settings.from_json(job.settings).columns
    width = max([len(job.headers), *(place + 1 for place in columns.values())], default=0)
    titles = [*job.headers, *[""] * (width - len(job.headers))]
    if not job.headers:
        for column, place in columns.items():
            titles[place] = str(COLUMN_NAMES[Column(column)])
    return [*titles, _("Line"), _("Why")]


def refused_cells(job: ImportJob) -> Iterator[list[Value]]:
    width = len(refused_header(job)) - 2
    last = 0
    while True:
        rows = ImportRejection.objects.filter(job=job, line__gt=last).order_by("line", "pk")[:PAGE]
        for row in rows:
            cells: list[Value] = [*row.cells[:width], *[""] * (width - len(row.cells))]
            yield [*cells, row.line, row.sentence]
            last = row.line
        if len(rows) < PAGE:
            return
