"""What expires soon, with the markdown that would still sell it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from inventory.reports.expiry import ExpiringLot, expiring_lots
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.report_page import Cell, Report, StoreForm, figure, report_page, words
from pantrypal.core.http import OrgRequest
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.templatetags.pantrypal import day, money, quantity

WITHIN = [(days, gettext_lazy("%s days") % days) for days in (7, 15, 30, 60)]


class WithinForm(StoreForm):
    within = forms.TypedChoiceField(
        label=gettext_lazy("Within"), choices=WITHIN, coerce=int, widget=UnfoldAdminSelectWidget
    )
    field_order = ("within", "store")

    def defaults(self, request: OrgRequest) -> dict[str, str]:
        return {"within": "15"}


def expiry_page(request: OrgRequest) -> HttpResponse:
    form = WithinForm(request)
    lots = expiring_lots(timezone.now(), stores=form.stores, within=form.cleaned_data.get("within", 0))
    worth = round_money(sum((lot.value for lot in lots), ZERO), request.org.places)
    report = Report(
        (
            _("Product"),
            _("Lot"),
            _("Store"),
            _("Last day"),
            _("In stock"),
            _("Sold a day"),
            _("Left over"),
            _("At cost"),
            _("Do"),
        ),
        [_row(request, lot) for lot in lots],
        _("%s at cost") % money(worth, request.org.currency),
        _("Nothing in stock expires in that time."),
    )
    return report_page(request, _("Expires soon"), form, report)


def _row(request: OrgRequest, lot: ExpiringLot) -> list[Cell]:
    value = round_money(lot.value, request.org.places)
    return [
        words(lot.name),
        words(lot.code),
        words(lot.store.name),
        Cell(day(lot.expires_on), lot.expires_on),
        figure(quantity(lot.on_hand), lot.on_hand),
        figure(quantity(lot.sold_a_day), lot.sold_a_day),
        figure(quantity(lot.markdown.left_over), lot.markdown.left_over),
        figure(money(value, request.org.currency), value),
        _advice(lot),
    ]


def _advice(lot: ExpiringLot) -> Cell:
    if lot.is_expired:
        return words(_("Write off: it may not be sold"))
    if not lot.markdown.percent:
        return words(_("Sells out by itself"))
    said: Any = _("Take %s %% off") % lot.markdown.percent
    return words(said)


site.add_page(
    "expires-soon/",
    "expires_soon",
    expiry_page,
    title=gettext_lazy("Expires soon"),
    permission=Permission.STOCK_VIEW,
    menu=Menu("stock", 32, "hourglass_bottom"),
)
