"""The till: one page for the whole day, and the two requests of a scan."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from billing.forms.cart import ScanForm
from billing.forms.fields import understood
from billing.forms.shift import OpenShiftForm
from billing.operations.carts import add_to_cart
from billing.operations.shifts import open_shift
from billing.queries import OF_A_RECEIPT, bills_at_till, tills_of
from billing.typed import read_typed
from billing.views.at_till import Till, at_till
from billing.views.bills import bill_sheet
from billing.views.cart_page import cart_answer, cart_context
from billing.views.goods import favourites_context
from catalog.queries import search as products_like
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.forms import refusals_on
from pantrypal.core.http import OrgRequest

MOST_FOUND = 8
LEAST_LETTERS = 2


@require_GET
def choose(request: OrgRequest) -> HttpResponse:
    """The registers at which this person may stand."""
    require(request.actor, Permission.SELL)
    return render(request, "billing/till_choice.html", {"tills": tills_of(request.actor)})


@at_till
def till_page(request: OrgRequest, till: Till) -> HttpResponse:
    if till.shift is None:
        return _open_shift(request, till)
    return render(request, "billing/till.html", cart_context(till) | favourites_context())


def _open_shift(request: OrgRequest, till: Till) -> HttpResponse:
    """The opening float; the till itself comes once the drawer has been counted."""
    form = OpenShiftForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            open_shift(
                register=till.register,
                store=till.store,
                opening_float=form.cleaned_data["opening_float"],
                actor=till.actor,
                at=timezone.now(),
            )
            return redirect("till", till.register.pk)
    context = {"till": till, "form": form}
    return render(request, "billing/open_shift.html", context, status=422 if form.errors else 200)


@require_GET
@at_till
def cart(request: OrgRequest, till: Till) -> HttpResponse:
    """For a page that may be out of date: another window, a long sleep, a changed price."""
    return cart_answer(request, till)


@require_POST
@at_till
def scan(request: OrgRequest, till: Till) -> HttpResponse:
    """A product into the cart; the code on a receipt opens its bill."""
    asked = understood(ScanForm(request.POST)).cleaned_data
    typed = read_typed(asked["code"])
    if OF_A_RECEIPT in typed.code and (bill := bills_at_till(till.store, typed.code, timezone.now()).first()):
        return retarget(bill_sheet(request, till, bill.pk), "#sheet")
    if asked["quantity"] is not None:
        typed = replace(typed, quantity=asked["quantity"])
    touched = add_to_cart(
        typed,
        product=asked["product"],
        register=till.register,
        store=till.store,
        actor=till.actor,
        at=timezone.now(),
    )
    return cart_answer(request, till, touched.line, must_price=True)


@require_GET
@at_till
def search(request: OrgRequest, till: Till) -> HttpResponse:
    """Products by a part of their name, while it is being typed; a quantity before it stays in the box."""
    text = read_typed(request.GET.get("code", "")).code
    found = products_like(text, MOST_FOUND) if len(text) >= LEAST_LETTERS else []
    context = {"products": found, "text": text, "register": till.register, "store": till.store}
    return render(request, "billing/_found.html", context | {"currency": till.store.org.currency})
