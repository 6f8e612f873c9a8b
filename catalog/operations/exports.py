"""Taking the catalog along as a file."""

from __future__ import annotations

import tempfile
from datetime import datetime
from enum import StrEnum
from typing import IO

from catalog.importing.columns import OWN_COLUMNS
from catalog.queries.export import product_rows
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Organization
from pantrypal.core.tables.writing import write_csv, write_xlsx
from pantrypal.journal.models import AuditEntry

IN_MEMORY = 2 * 1024 * 1024


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_products(form: Format, *, org: Organization, actor: Actor, at: datetime) -> IO[bytes]:
    """Every product with its barcodes and prices, as a file at its beginning. Importing it again changes nothing."""
    require(actor, Permission.CATALOG_VIEW)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the caller sends and closes it
    (write_csv if form == Format.CSV else write_xlsx)(file, OWN_COLUMNS, product_rows())  # type: ignore[arg-type]
    file.seek(0)
    AuditEntry.record("catalog.exported", org, actor=actor, at=at, format=form.value)
    return file
