"""A report as a page: a few questions on top, a table under them, its total, and the same as a file."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget

from pantrypal.core.admin.scope import stores_of
from pantrypal.core.admin.site import site
from pantrypal.core.api.csv import as_cell
from pantrypal.core.charts import BarChart
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

MONTH = timedelta(days=29)


@dataclass(frozen=True, slots=True)
class Cell:
    """`raw` is what goes into a file instead of the text; `href` where a figure comes from.

    `does`: the cell is a button, and this is what its page is sent when it is pressed.
    """

    text: str
    raw: Any = None
    href: str = ""
    is_figure: bool = False
    does: str = ""


def words(text: Any, href: str = "") -> Cell:
    return Cell(str(text), href=href)


def figure(text: str, raw: Any, href: str = "") -> Cell:
    return Cell(text, raw, href, is_figure=True)


@dataclass(frozen=True, slots=True)
class Report:
    """A title for each column, a cell of each in every row; `total` is said over them."""

    columns: Sequence[str | Promise]
    rows: Sequence[Sequence[Cell]]
    total: str = ""
    empty: str | Promise = ""
    notes: Sequence[str] = field(default=())

    @property
    def headings(self) -> list[dict[str, Any]]:
        """Titles stand as their figures do."""
        shapes = [cell.is_figure for cell in self.rows[0]] if self.rows else [False] * len(self.columns)
        return [{"title": title, "is_figure": is_figure} for title, is_figure in zip(self.columns, shapes, strict=True)]


class StoreForm(forms.Form):
    """Which stores; all that the reader covers unless one is chosen."""

    store = forms.TypedChoiceField(
        label=_("Store"), required=False, coerce=UUID, empty_value=None, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, request: OrgRequest) -> None:
        super().__init__({**self.defaults(request), **request.GET.dict()})
        self.all_stores: Mapping[UUID, Store] = stores_of(request)
        choices = [("", _("All stores")), *((str(pk), store.name) for pk, store in self.all_stores.items())]
        self.fields["store"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    def defaults(self, request: OrgRequest) -> dict[str, str]:
        return {}

    @property
    def stores(self) -> list[Store]:
        chosen = self.cleaned_data.get("store")
        return [self.all_stores[chosen]] if chosen else list(self.all_stores.values())


class PeriodForm(StoreForm):
    """From one day to another; the last thirty unless told otherwise."""

    first = forms.DateField(label=_("From"), widget=UnfoldAdminDateWidget)
    last = forms.DateField(label=_("To"), widget=UnfoldAdminDateWidget)
    field_order = ("first", "last", "store")

    def defaults(self, request: OrgRequest) -> dict[str, str]:
        store = next(iter(stores_of(request).values()), None)
        today = store.document_date(timezone.now()) if store else timezone.localdate()
        return {"first": str(today - MONTH), "last": str(today)}

    @property
    def days(self) -> tuple[date, date]:
        """An unreadable period is an empty one; the form says why."""
        if not self.is_valid():
            return date.max - timedelta(days=1), date.min + timedelta(days=1)
        return self.cleaned_data["first"], self.cleaned_data["last"]


def report_page(
    request: OrgRequest, title: str, form: forms.Form, report: Report, *, chart: BarChart | None = None
) -> HttpResponse:
    if "csv" in request.GET:
        return _as_csv(request, report)
    asked = request.GET.copy()
    asked["csv"] = "1"
    context = {"form": form, "report": report, "csv_query": asked.urlencode(), "chart": chart}
    return site.page(request, "admin/report.html", title, **context)


def _as_csv(request: OrgRequest, report: Report) -> HttpResponse:
    name = request.path.rstrip("/").rpartition("/")[2]
    named = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=named)
    writer = csv.writer(answer)
    writer.writerow([str(column) for column in report.columns])
    for row in report.rows:
        writer.writerow([as_cell(cell.text if cell.raw is None else cell.raw) for cell in row])
    return answer
