"""Reports on sales and taxes, as pages with a chart and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.reports.period import Period
from billing.reports.registry import COLUMNS, REPORTS, Report
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.report_page import Cell, PeriodForm, figure, report_page, words
from pantrypal.core.admin.report_page import Report as Page
from pantrypal.core.charts import BarChart, bar_chart
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import day as said_day
from pantrypal.core.templatetags.pantrypal import money, quantity

NOT_MONEY = frozenset({"quantity", "rate", "margin_percent"})
MOST_BARS = 62


def report_view(name: str, report: Report) -> Callable[[OrgRequest], HttpResponse]:
    def view(request: OrgRequest) -> HttpResponse:
        form = PeriodForm(request)
        first, last = form.days
        rows = report.build(Period(first, last, form.stores))
        currency = request.org.currency
        columns = [COLUMNS[field] for field in rows[0].__struct_fields__] if rows else []
        page = Page(
            columns,
            [[_cell(field, getattr(row, field), currency) for field in row.__struct_fields__] for row in rows],
            empty=_("Nothing is wrong: it can be filed.") if name == "gstr1-check" else _("Nothing in these days."),
        )
        return report_page(request, str(report.title), form, page, chart=_chart(report, rows, currency))

    return view


def _cell(field: str, value: Any, currency: str) -> Cell:
    if isinstance(value, Decimal):
        return figure(quantity(value) if field in NOT_MONEY else money(value, currency), value)
    if isinstance(value, int):
        return figure(str(value), value)
    return words(said_day(value) if isinstance(value, date) else value)


def _chart(report: Report, rows: Sequence[msgspec.Struct], currency: str) -> BarChart | None:
    if not report.chart or not 1 < len(rows) <= MOST_BARS:
        return None
    figures = [(getattr(row, "name"), getattr(row, report.chart)) for row in rows]  # noqa: B009 -- of many kinds
    return bar_chart([(_short(name), amount, money(amount, currency)) for name, amount in figures])


def _short(name: str) -> str:
    """The day of a date, the beginning of a name."""
    return name[-2:] if len(name) == 10 and name[4] == "-" else name[:8]


def overview(request: OrgRequest) -> HttpResponse:
    links = [(report.title, reverse(f"admin:report-{name}"), report.is_filed) for name, report in REPORTS.items()]
    groups = [
        (_("Sales"), [link for link in links if not link[2]]),
        (_("Taxes"), [link for link in links if link[2]]),
    ]
    return site.page(request, "billing/admin/reports.html", _("Sales and taxes"), groups=groups)


site.add_page(
    "sales-reports/",
    "sales-reports",
    overview,
    title=gettext_lazy("Sales and taxes"),
    permission=Permission.REPORTS_VIEW,
    menu=Menu("sales", 55, "bar_chart"),
)
for _name, _report in REPORTS.items():
    site.add_page(
        f"sales-reports/{_name}/",
        f"report-{_name}",
        report_view(_name, _report),
        title=_report.title,
        permission=Permission.REPORTS_VIEW,
    )
