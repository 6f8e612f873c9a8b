"""Taking goods back at the till whose bill is lost: they are scanned into the cart, and give store credit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.forms.fields import understood
from billing.forms.returning_without_bill import ReturnWithoutBillForm
from billing.models import CreditNoteLine, ReasonUse
from billing.models.payment import Method
from billing.operations.till_return import return_from_cart
from billing.queries import reasons_for, till_rules
from billing.refusals import NothingToReturn
from billing.return_request import ReturnWithoutBill
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_context
from billing.views.printing import with_drawer
from pantrypal.core.http import OrgRequest
from pantrypal.tenancy.ids import uuid7


@at_till
def take_back_without_bill(request: OrgRequest, till: Till) -> HttpResponse:
    if request.method != "POST":
        context = {"form": ReturnWithoutBillForm(), "reasons": reasons_for(ReasonUse.RETURN), "id": uuid7()}
        context |= {"dispositions": CreditNoteLine.Disposition.choices, "rules": till_rules()}
        return render(request, "billing/_return_without_bill.html", cart_context(till) | context)
    form = understood(ReturnWithoutBillForm(request.POST))
    given, lines = form.cleaned_data, form.lines()
    if not lines:
        raise NothingToReturn(_("Say of at least one line how much comes back."))
    asked = ReturnWithoutBill(
        id=given["id"],
        store=till.store,
        register=till.register,
        reason=given["reason"],
        lines=lines,
        refunds=form.refunds(),
        buyer=form.buyer(),
        approval=given["approval"],
    )
    taken = return_from_cart(given["sale"], asked, form.taken(), actor=till.actor, at=timezone.now())
    context = {"note": taken.note, "refunds": taken.refunds}
    answer = render(request, "billing/_returned.html", cart_context(till) | context)
    is_cash = any(refund.method == Method.CASH for refund in taken.refunds)
    return with_drawer(answer, till.register) if is_cash else answer
