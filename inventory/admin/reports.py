"""Stock value, waste, shrinkage and what expires soon, as pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDateWidget

from inventory.reports.losses import SHRINKAGE, WASTE, Kind, Loss, losses, sold_at_cost
from inventory.reports.valuation import Holding, stock_value
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.report_page import Cell, PeriodForm, Report, StoreForm, figure, report_page, words
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.business_time import zone
from pantrypal.core.http import OrgRequest
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.templatetags.pantrypal import money, quantity


class ValueForm(StoreForm):
    """At the end of a day; now unless told otherwise."""

    day = forms.DateField(label=gettext_lazy("End of day"), required=False, widget=UnfoldAdminDateWidget)
    field_order = ("day", "store")

    def moment(self, request: OrgRequest) -> datetime:
        day = self.cleaned_data.get("day")
        if day is None:
            return timezone.now()
        store = next(iter(stores_of(request).values()), None)
        clock = zone(store.time_zone if store else "UTC")
        return datetime.combine(day + timedelta(days=1), time(), clock) - timedelta(microseconds=1)


def value_page(request: OrgRequest) -> HttpResponse:
    form = ValueForm(request)
    held = stock_value(form.moment(request), stores=[store.pk for store in form.stores])
    worth = round_money(sum((holding.value for holding in held), ZERO), request.org.places)
    report = Report(
        (_("Product"), _("Category"), _("Store"), _("In stock"), _("Worth at cost")),
        [_held(request, holding) for holding in held],
        _("%s at cost") % money(worth, request.org.currency),
        _("Nothing was in stock at that time."),
    )
    return report_page(request, _("Stock value"), form, report)


def _held(request: OrgRequest, holding: Holding) -> list[Cell]:
    moves = f"{reverse('admin:inventory_stockmove_changelist')}?product__id__exact={holding.product}"
    value = round_money(holding.value, request.org.places)
    return [
        words(holding.name),
        words(holding.category),
        words(stores_of(request)[holding.store_id].name),
        figure(quantity(holding.quantity), holding.quantity, moves),
        figure(money(value, request.org.currency), value),
    ]


def waste_page(request: OrgRequest) -> HttpResponse:
    return _losses_page(request, _("Waste"), WASTE, _("Nothing was thrown away in these days."))


def shrinkage_page(request: OrgRequest) -> HttpResponse:
    return _losses_page(request, _("Shrinkage"), SHRINKAGE, _("Nothing was found missing in these days."))


def _losses_page(request: OrgRequest, title: str, kinds: Collection[Kind], empty: str) -> HttpResponse:
    form = PeriodForm(request)
    first, last = form.days
    found = losses(first, last, stores=form.stores, kinds=kinds)
    lost = -sum((loss.value for loss in found), ZERO)
    sold = sold_at_cost(first, last, stores=form.stores)
    share = [_("%s %% of the cost of what was sold.") % f"{lost * 100 / sold:.2f}"] if sold > 0 else []
    report = Report(
        (_("Product"), _("Store"), _("What for"), _("Reason"), _("Quantity"), _("At cost")),
        [_lost(request, loss) for loss in found],
        _("%s lost") % money(round_money(lost, request.org.places), request.org.currency),
        empty,
        share,
    )
    return report_page(request, title, form, report)


def _lost(request: OrgRequest, loss: Loss) -> list[Cell]:
    moves = (
        f"{reverse('admin:inventory_stockmove_changelist')}?product__id__exact={loss.product}&kind__exact={loss.kind}"
    )
    value = round_money(loss.value, request.org.places)
    return [
        words(loss.name),
        words(stores_of(request)[loss.store_id].name),
        words(loss.kind_name),
        words(loss.reason),
        figure(quantity(loss.quantity), loss.quantity, moves),
        figure(money(value, request.org.currency), value),
    ]


for path, name, view, title, order, icon in (
    ("stock-value/", "stock_value", value_page, gettext_lazy("Stock value"), 70, "account_balance_wallet"),
    ("waste/", "waste", waste_page, gettext_lazy("Waste"), 72, "delete"),
    ("shrinkage/", "shrinkage", shrinkage_page, gettext_lazy("Shrinkage"), 74, "trending_down"),
):
    site.add_page(path, name, view, title=title, permission=Permission.REPORTS_VIEW, menu=Menu("stock", order, icon))
