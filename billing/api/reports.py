"""`reports/{name}`: sales, margin, taxes and GSTR-1, as JSON or CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.models import Bill
from billing.reports.gst.checks import FilingProblem
from billing.reports.gst.packs import Pack, pack_zip, packs
from billing.reports.period import Period
from billing.reports.registry import REPORTS
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.csv import CsvRenderer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.rendering import StructRenderer
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.models import Store
from pantrypal.core.queries import find_store

ASKED = {
    "from": "First day; the first of this month unless given.",
    "to": "Last day; today unless given.",
    "store": "Code or id of a store; all of them unless given.",
    "format": "json or csv.",
}


class ReportName(Answer):
    name: str
    title: str


class ReportNames(Answer):
    results: list[ReportName]


class ReportAnswer(Answer):
    """The columns of `results` depend on the report."""

    name: str
    first: date
    last: date
    results: list[dict[str, Any]]


class Gstr1Answer(Answer):
    """`gstr1` is the JSON of the portal's offline tool; file it when there are no `problems`."""

    gstr1: msgspec.Raw
    problems: list[FilingProblem]


class Gstr1PackAnswer(Gstr1Answer):
    """What one registration files; `gstin` is empty for stores that have none."""

    gstin: str
    stores: list[str]


class Gstr1PacksAnswer(Answer):
    """One pack for each registration of the organization."""

    first: date
    last: date
    results: list[Gstr1PackAnswer]


class ReportViewSet(OrgViewSet):
    queryset = Bill.objects.none()
    read_permission = Permission.REPORTS_VIEW
    renderer_classes = [StructRenderer, CsvRenderer]
    parameters = ASKED
    lookup_field = "name"

    @documented(summary="Names of the reports", answer=ReportNames)
    def list(self, request: Request) -> Response:
        return Response(ReportNames(results=[ReportName(name=n, title=str(r.title)) for n, r in REPORTS.items()]))

    @documented(
        summary="A report on sales or taxes; gstr1 is the file for the portal with its checks",
        answer=ReportAnswer,
        parameters=ASKED,
    )
    def retrieve(self, request: Request, name: str) -> Response:
        if name == "gstr1":
            return self._gstr1()
        if name not in REPORTS:
            raise Http404
        period = self._period()
        rows = REPORTS[name].build(period)
        return Response({"name": name, "first": period.first, "last": period.last, "results": rows})

    def _gstr1(self) -> Response:
        of_month = packs(self._month())
        if len(of_month) > 1:
            known = ", ".join(pack.gstin or "–" for pack in of_month)
            sentence = _("Your stores have several registrations (%s): name a store, or take gstr1-packs.") % known
            raise Invalid(f"store: {sentence}", {"store": [sentence]})
        return Response(Gstr1Answer(gstr1=msgspec.Raw(of_month[0].portal_file), problems=list(of_month[0].problems)))

    @documented(
        summary="The month pack of GSTR-1: for each registration its file for the portal and its checks",
        answer=Gstr1PacksAnswer,
        parameters=ASKED,
    )
    @action(detail=False, methods=["get"], url_path="gstr1-packs")
    def gstr1_packs(self, request: Request) -> Response:
        period = self._month()
        return Response(Gstr1PacksAnswer(period.first, period.last, [_shown(pack) for pack in packs(period)]))

    @documented(
        summary="The month pack as a ZIP: a folder for each registration with JSON, CSV and its checks",
        parameters=ASKED,
    )
    @action(detail=False, methods=["get"], url_path="gstr1-packs/zip")
    def gstr1_zip(self, request: Request) -> HttpResponse:
        period = self._month()
        answer = HttpResponse(pack_zip(packs(period)), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="gstr1-{period.first:%Y-%m}.zip"'
        return answer

    def _month(self) -> Period:
        """Raises Invalid, NotFound, Forbidden."""
        period = self._period()
        if (period.first.year, period.first.month) != (period.last.year, period.last.month):
            sentence = _("GSTR-1 is filed for one month.")
            raise Invalid(f"to: {sentence}", {"to": [sentence]})
        return period

    def _period(self) -> Period:
        """Raises Invalid, NotFound, Forbidden."""
        stores = self._stores()
        today = stores[0].document_date(timezone.now()) if stores else timezone.now().date()
        last = self._day("to", today)
        return Period(self._day("from", last.replace(day=1)), last, stores)

    def _day(self, name: str, usual: date) -> date:
        text = self.request.query_params.get(name)
        if not text:
            return usual
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None or day.year < 2000:
            sentence = _("Give a date such as 2026-11-23.")
            raise Invalid(f"{name}: {sentence}", {name: [sentence]})
        return day

    def _stores(self) -> Sequence[Store]:
        if ref := self.request.query_params.get("store"):
            store = find_store(ref)
            if not self.actor.may(Permission.REPORTS_VIEW, store.pk):
                raise Forbidden(_("You do not work in this store."))
            return (store,)
        stores = Store.objects.select_related("org").order_by("code")
        return tuple(stores if self.actor.stores is None else stores.filter(pk__in=self.actor.stores))


def _shown(pack: Pack) -> Gstr1PackAnswer:
    return Gstr1PackAnswer(
        gstr1=msgspec.Raw(pack.portal_file),
        problems=list(pack.problems),
        gstin=pack.gstin,
        stores=[store.code for store in pack.period.stores],
    )
