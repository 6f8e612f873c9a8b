"""Z reports: the figures of each shift at its end, numbered without a gap."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display, register
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from billing.admin.parts import currency_of, denominations_table, figures_table, link
from billing.models import ZReport
from billing.reports.shifts import shift_figures
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site
from pantrypal.core.admin.filters import DayFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


@register(ZReport, site=site)
class ZReportAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 40, "summarize")
    list_display = ("__str__", "register", "closed_at", "period_total", "grand_total")
    list_select_related = ("register",)
    list_filter = (("closed_at", DayFilter),)
    ordering = ("-closed_at", "-id")
    readonly_fields = ("of_shift", "report", "denominations")
    fieldsets = (
        (None, {"fields": (("number", "register", "closed_at"), ("period_total", "grand_total", "of_shift"))}),
        (_("Figures"), {"fields": ("report", "denominations")}),
        (_("Proof"), {"fields": ("hash",)}),
    )
    empty_hint = _("Closing a shift makes its Z report.")

    def get_queryset(self, request: OrgRequest) -> Any:
        """Those of the registers in the stores one works in."""
        return super().get_queryset(request).filter(register__store_id__in=list(stores_of(request)))

    @display(description=_("shift"))
    def of_shift(self, report: ZReport) -> SafeString:
        return link(f"admin/billing/shift/{report.shift_id}/change/", report.shift.business_date)

    @display(description=_("figures"))
    def report(self, report: ZReport) -> SafeString:
        return figures_table(shift_figures(report.shift), currency_of(report.shift.store_id))

    @display(description=_("notes and coins"))
    def denominations(self, report: ZReport) -> SafeString | str:
        counted: dict[str, int] = report.figures.get("denominations") or {}
        return denominations_table(counted) if counted else "–"
