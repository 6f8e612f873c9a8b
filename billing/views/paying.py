"""The sheet on which a cart is paid, and the payment itself."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing.cash_notes import likely_notes
from billing.forms.fields import understood
from billing.forms.paying import SPLIT, AgeForm, PayForm
from billing.models.payment import Method
from billing.operations.ages import note_age, require_age_checked
from billing.operations.shown_cart import ShownCart
from billing.operations.till_sale import pay_cart
from billing.refusals import EmptySale
from billing.upi import CURRENCY, is_upi_id, upi_link
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_context
from billing.views.printing import with_drawer
from pantrypal.core.http import OrgRequest


@at_till
def pay(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return _sheet(request, till, request.GET.get("method", Method.CASH))
    asked = understood(PayForm(request.POST))
    posted = pay_cart(
        cart_id,
        asked.tenders(),
        expected_total=asked.cleaned_data["total"],
        oversell=asked.cleaned_data["oversell"],
        register=till.register,
        store=till.store,
        actor=till.actor,
        at=timezone.now(),
    )
    given = [payment.tendered for payment in posted.payments if payment.tendered is not None]
    context = cart_context(till) | {"posted": posted, "given": sum(given, Decimal(0))}
    answer = render(request, "billing/_paid.html", context)
    return with_drawer(answer, till.register) if given else answer


@require_POST
@at_till
def age(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    """The buyer is old enough: on with the payment that was asked for."""
    asked = understood(AgeForm(request.POST)).cleaned_data
    note_age(cart_id, asked["age"], store=till.store, actor=till.actor)
    return _sheet(request, till, asked["method"] or Method.CASH)


def _sheet(request: OrgRequest, till: Till, method: str) -> HttpResponse:
    """Raises EmptySale, or whatever keeps the cart from being priced."""
    context = cart_context(till)
    shown = context["shown"]
    if shown.problem:
        raise shown.problem
    if shown.quote is None:
        raise EmptySale(_("There is nothing in the cart yet."))
    assert shown.cart is not None
    require_age_checked(shown.quote, shown.cart.checked_age, sale=shown.cart.pk)
    sheet = {
        "method": method,
        "is_split": method == SPLIT,
        "methods": [(other.value, other.label) for other in Method if other != Method.CASH],
        "upi": upi_of(till, shown) if method == Method.UPI else "",
        "notes": likely_notes(shown.total, till.store.org.currency),
    }
    return render(request, "billing/_pay.html", context | sheet)


def upi_of(till: Till, shown: ShownCart) -> str:
    """What the customer's app opens, with the amount in it; nothing where the store has no UPI id."""
    payee, org = till.store.upi_id, till.store.org
    if shown.cart is None or not is_upi_id(payee) or org.currency != CURRENCY or not shown.total:
        return ""
    return upi_link(payee=payee, name=org.name, amount=shown.total, reference=shown.cart.pk.hex, note=till.store.name)
