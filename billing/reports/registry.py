"""Every report by its name, as the API and the back office offer them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.reports import goods, promotions, takings
from billing.reports.gst import checks, rows, tax
from billing.reports.gst.gstr1 import Gstr1, gstr1
from billing.reports.gst.packs import Pack, packs
from billing.reports.period import Period

Build = Callable[[Period], Sequence[msgspec.Struct]]


@dataclass(frozen=True, slots=True)
class Report:
    """`chart` names the column that is drawn over the table; `is_filed`: by the date of documents, not of business."""

    title: Promise
    build: Build
    chart: str = ""
    is_filed: bool = False


def _section(of: Callable[[Gstr1], Sequence[msgspec.Struct]]) -> Build:
    return lambda period: of(gstr1(period))


def _pre_flight(period: Period) -> Sequence[msgspec.Struct]:
    """Of each registration; its GSTIN is said where there are several."""
    of_month = packs(period)
    named = len(of_month) > 1
    return [_of(pack, found) if named else found for pack in of_month for found in pack.problems]


def _of(pack: Pack, found: checks.FilingProblem) -> checks.FilingProblem:
    return checks.FilingProblem(f"{pack.gstin or '–'}: {found.where}", found.problem)


REPORTS: dict[str, Report] = {
    "sales-by-day": Report(_("Sales by day"), takings.by_day, "net"),
    "sales-by-hour": Report(_("Sales by hour"), takings.by_hour, "net"),
    "sales-by-store": Report(_("Sales by store"), takings.by_store, "net"),
    "sales-by-register": Report(_("Sales by register"), takings.by_register, "net"),
    "sales-by-cashier": Report(_("Sales by cashier"), takings.by_cashier, "net"),
    "sales-by-category": Report(_("Sales by category"), goods.by_category, "sold"),
    "sales-by-product": Report(_("Sales by product"), goods.by_product),
    "sales-by-tender": Report(_("Sales by means of payment"), takings.by_tender, "net"),
    "promotions": Report(_("Promotions"), promotions.by_promotion, "given"),
    "margin": Report(_("Margin"), goods.by_margin),
    "tax-by-rate": Report(_("Tax by rate"), tax.by_rate, is_filed=True),
    "tax-by-hsn": Report(_("Tax by HSN"), tax.by_hsn, is_filed=True),
    "gstr1-check": Report(_("GSTR-1: before filing"), _pre_flight, is_filed=True),
    "gstr1-b2b": Report(_("GSTR-1: B2B"), _section(rows.b2b), is_filed=True),
    "gstr1-b2cl": Report(_("GSTR-1: B2CL"), _section(rows.b2cl), is_filed=True),
    "gstr1-b2cs": Report(_("GSTR-1: B2CS"), _section(rows.b2cs), is_filed=True),
    "gstr1-cdnr": Report(_("GSTR-1: CDNR"), _section(rows.cdnr), is_filed=True),
    "gstr1-cdnur": Report(_("GSTR-1: CDNUR"), _section(rows.cdnur), is_filed=True),
    "gstr1-nil": Report(_("GSTR-1: nil rated"), _section(rows.nil), is_filed=True),
    "gstr1-hsn": Report(_("GSTR-1: HSN"), _section(rows.hsn), is_filed=True),
    "gstr1-docs": Report(_("GSTR-1: documents issued"), _section(rows.issued), is_filed=True),
}

# The columns of all reports, as people read them.
COLUMNS: dict[str, Any] = {
    "name": _("Name"),
    "bills": _("Bills"),
    "sold": _("Sold"),
    "returned": _("Returned"),
    "net": _("Net"),
    "tax": _("Tax"),
    "payments": _("Payments"),
    "taken": _("Taken"),
    "given": _("Taken off"),
    "given_back": _("Given back"),
    "sku": "SKU",
    "quantity": _("Quantity"),
    "cost": _("Cost"),
    "margin": _("Margin"),
    "margin_percent": _("Margin %"),
    "rate": _("Rate %"),
    "taxable": _("Taxable value"),
    "cgst": "CGST",
    "sgst": "SGST/UTGST",
    "igst": "IGST",
    "cess": _("Cess"),
    "vat": "VAT",
    "hsn": "HSN",
    "unit": _("Unit"),
    "where": _("Where"),
    "problem": _("What is wrong"),
    "gstin": "GSTIN",
    "number": _("Number"),
    "day": _("Date"),
    "value": _("Value"),
    "place": _("Place of supply"),
    "original": _("Of bill"),
    "kind": _("Kind"),
    "buyers": _("Buyers"),
    "first": _("From"),
    "last": _("To"),
    "count": _("How many"),
    "cancelled": _("Missing"),
}
