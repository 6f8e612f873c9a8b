"""The month pack of GSTR-1 as a page: each registration with its figures, what is wrong, and the files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from billing.reports.gst.packs import packs
from billing.reports.period import DAY, Period
from pantrypal.core.access import Permission
from pantrypal.core.admin import site
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest

TITLE = _("GSTR-1: month pack")
MONTHS = 18


class MonthForm(forms.Form):
    """One of the last months; the one before this unless told otherwise, for it is the one to be filed."""

    month = forms.ChoiceField(label=_("Month"), widget=UnfoldAdminSelectWidget)

    def __init__(self, asked: dict[str, str], months: list[date]) -> None:
        super().__init__({"month": str(months[1])} | asked)
        choices = [(str(month), date_format(month, "F Y")) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]

    @property
    def first(self) -> date:
        usual = self.fields["month"].choices[1][0]  # type: ignore[attr-defined]
        return date.fromisoformat(self.cleaned_data["month"] if self.is_valid() else usual)


def gstr1_pack(request: OrgRequest) -> HttpResponse:
    stores = list(stores_of(request).values())
    today = stores[0].document_date(timezone.now()) if stores else timezone.localdate()
    form = MonthForm(request.GET.dict(), _months_before(today))
    period = Period(form.first, _next_month(form.first) - DAY, stores)
    context: dict[str, Any] = {"form": form, "packs": packs(period), "period": period}
    context["currency"] = request.org.currency
    return site.page(request, "billing/admin/gstr1_pack.html", str(TITLE), **context)


def _months_before(today: date) -> list[date]:
    """The first days of this month and of those before it, the newest first."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - DAY).replace(day=1))
    return months


def _next_month(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


site.add_page(
    "sales-reports/gstr1-pack/",
    "report-gstr1-pack",
    gstr1_pack,
    title=TITLE,
    permission=Permission.REPORTS_VIEW,
)
