"""Shifts: who stood at which drawer, and whether the cash was right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import display, register
from django.db.models import F
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from billing.admin.parts import RegisterFilter, currency_of, figures_table, link
from billing.models import Shift, ZReport
from billing.reports.shifts import shift_figures
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, PageColumn, site
from pantrypal.core.admin.filters import ChoiceFilter, DayFilter, StoreFilter
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import money


class OpenFilter(ChoiceFilter):
    title = _("state")
    parameter_name = "state"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("closed", _("Closed")), ("off", _("Over or short"))]

    def narrow(self, request: Any, rows: Any, value: str) -> Any:
        if value == "off":
            return rows.exclude(closed_at=None).exclude(counted_cash=F("expected_cash"))
        return rows.filter(closed_at__isnull=value == "open")


def _over_short(request: OrgRequest, shifts: Sequence[Any]) -> dict[Any, str]:
    return {shift.pk: _how_far_off(shift, request.org.currency) for shift in shifts}


def _how_far_off(shift: Shift, currency: str) -> str:
    """Said with a word, not by a colour or a sign alone."""
    if shift.variance is None:
        return str(_("open"))
    if not shift.variance:
        return str(_("exact"))
    word = _("over") if shift.variance > 0 else _("short")
    return f"{money(abs(shift.variance), currency)} {word}"


OVER_SHORT = PageColumn("over_short", _("over / short"), _over_short, is_figure=True)


@register(Shift, site=site)
class ShiftAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 30, "schedule")
    page_columns = (OVER_SHORT,)
    list_display = ("business_date", "store_id", "register", "opened_at", "opened_by", "closed_at", OVER_SHORT)
    list_select_related = ("register",)
    list_filter = (StoreFilter, RegisterFilter, OpenFilter, ("opened_at", DayFilter))
    ordering = ("-opened_at", "-id")
    readonly_fields = (OVER_SHORT, "z_report", "report")
    fieldsets = (
        (None, {"fields": (("business_date", "store_id", "register"), ("opened_at", "opened_by", "opening_float"))}),
        (
            _("Closing"),
            {"fields": (("closed_at", "closed_by", "z_report"), ("counted_cash", "expected_cash", OVER_SHORT))},
        ),
        (_("Figures"), {"fields": ("report",)}),
    )
    empty_hint = _("A shift appears here when somebody opens one at a till.")

    @display(description=_("Z report"))
    def z_report(self, shift: Shift) -> SafeString | str:
        report = ZReport.objects.filter(shift=shift).first()
        return link(f"admin/billing/zreport/{report.pk}/change/", report) if report else "–"

    @display(description=_("takings"))
    def report(self, shift: Shift) -> SafeString:
        """Counting is blind: the page tells expected cash once it has been counted."""
        return figures_table(shift_figures(shift), currency_of(shift.store_id))
