"""Rows as CSV, for reports that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import msgspec
from rest_framework.renderers import BaseRenderer

from pantrypal.core.api.rendering import to_json

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvRenderer(BaseRenderer):
    """`?format=csv` of an answer {"results": [...]}: one line a row, with the names of the fields on top."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if not isinstance(data, dict) or "results" not in data:
            return to_json(data)
        out = io.StringIO()
        rows = [msgspec.structs.asdict(row) for row in data["results"]]
        if rows:
            writer = csv.DictWriter(out, rows[0].keys())
            writer.writeheader()
            writer.writerows({name: as_cell(value) for name, value in row.items()} for row in rows)
        return out.getvalue().encode()


def as_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; figures stay figures."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
