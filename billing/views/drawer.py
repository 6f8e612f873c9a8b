"""The drawer: cash in and out, opening it, the figures so far, and the count at the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from billing.forms.fields import understood
from billing.forms.shift import CashForm, CountForm, DrawerForm
from billing.models import Shift, ZReport
from billing.models.cash import CashMovement
from billing.models.rules import ReasonUse
from billing.operations.cash import move_cash, open_drawer
from billing.operations.shifts import close_shift
from billing.queries import reasons_for
from billing.reports.shifts import ShiftFigures, shift_figures
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_answer
from billing.views.printing import with_drawer
from pantrypal.core.access import Permission
from pantrypal.core.forms import refusals_on
from pantrypal.core.http import OrgRequest


@require_GET
@at_till
def more(request: OrgRequest, till: Till) -> HttpResponse:
    """Everything that is not part of every sale."""
    return render(request, "billing/_more.html", {"till": till})


@at_till
def cash(request: OrgRequest, till: Till) -> HttpResponse:
    if request.method != "POST":
        context = {"till": till, "form": CashForm(), "reasons": reasons_for(ReasonUse.CASH)}
        return render(request, "billing/_cash.html", context)
    asked = understood(CashForm(request.POST)).cleaned_data
    asked["kind"] = CashMovement.Kind(asked["kind"])
    move_cash(shift=till.require_shift(), store=till.store, **asked, actor=till.actor, at=timezone.now())
    return with_drawer(cart_answer(request, till), till.register)


@at_till
def no_sale(request: OrgRequest, till: Till) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/_no_sale.html", {"till": till, "reasons": reasons_for(ReasonUse.DRAWER)})
    asked = understood(DrawerForm(request.POST)).cleaned_data
    open_drawer(shift=till.require_shift(), store=till.store, **asked, actor=till.actor, at=timezone.now())
    return with_drawer(render(request, "billing/_drawer_opened.html", {"till": till}), till.register)


@require_GET
@at_till
def x_report(request: OrgRequest, till: Till) -> HttpResponse:
    shift = till.require_shift()
    return render(request, "billing/_x_report.html", _report(till, shift, shift_figures(shift)))


@at_till
def close(request: OrgRequest, till: Till) -> HttpResponse:
    """Counted before anybody sees what should be there."""
    shift = till.require_shift()
    form = CountForm(request.POST or None, currency=till.store.org.currency)
    if form.is_valid():
        with refusals_on(form):
            close_shift(
                shift=shift,
                counted_cash=form.counted,
                denominations=form.denominations,
                actor=till.actor,
                at=timezone.now(),
            )
            return redirect("till-z", till.register.pk, shift.pk)
    context = {"till": till, "form": form}
    return render(request, "billing/close_shift.html", context, status=422 if form.errors else 200)


@require_GET
@at_till
def z_report(request: OrgRequest, till: Till, shift_id: UUID) -> HttpResponse:
    report = ZReport.objects.select_related("shift").filter(shift=shift_id, register=till.register).first()
    if report is None:
        raise Http404
    context = _report(till, report.shift, shift_figures(report.shift)) | {
        "report": report,
        "off_by": abs(report.shift.variance or 0),
    }
    return render(request, "billing/z_report.html", context)


def _report(till: Till, shift: Shift, figures: ShiftFigures) -> dict[str, Any]:
    """What should be in the drawer is shown before the count to those only who do not count it."""
    return {
        "till": till,
        "shift": shift,
        "figures": figures,
        "currency": till.store.org.currency,
        "shows_expected": not shift.is_open or till.actor.may(Permission.APPROVE, till.store.pk),
    }
