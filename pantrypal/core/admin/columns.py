"""Columns whose values are read for a whole page at once, and which an upper floor may add."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.functional import Promise

from pantrypal.core.http import OrgRequest

Load = Callable[[OrgRequest, Sequence[models.Model]], Mapping[Any, Any]]


class PageColumn:
    """A list column; `load` gives the values of all rows of the page by primary key, in one query.

    `is_figure` puts it to the right; `ordering` names the field by which the list may be sorted there.
    """

    def __init__(
        self, name: str, title: str | Promise, load: Load, *, is_figure: bool = False, ordering: str | None = None
    ) -> None:
        self.__name__ = name
        self.short_description = title
        self.formatting = "price" if is_figure else None
        self.admin_order_field = ordering
        self.load = load

    def fill(self, request: OrgRequest, rows: Sequence[models.Model]) -> None:
        values = self.load(request, rows) if rows else {}
        for row in rows:
            row.__dict__[f"_{self.__name__}"] = values.get(row.pk)

    def __call__(self, row: models.Model) -> Any:
        return row.__dict__.get(f"_{self.__name__}")
