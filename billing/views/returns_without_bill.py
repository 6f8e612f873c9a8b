"""Taking goods back at the till whose bill is lost: they are scanned into the cart, and give store credit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.forms.fields import understood
from billing.forms.returning_without_bill import ReturnWithoutBillForm
from billing.models import ReasonUse
from billing.operations.till_return import return_cart_without_bill
from billing.queries import reasons_for
from billing.refusals import NothingToReturn
from billing.return_request import ReturnWithoutBill
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_context
from pantrypal.core.http import OrgRequest
from pantrypal.tenancy.ids import uuid7


@at_till
def take_back_without_bill(request: OrgRequest, till: Till) -> HttpResponse:
    if request.method != "POST":
        context = {"form": ReturnWithoutBillForm(), "reasons": reasons_for(ReasonUse.RETURN), "id": uuid7()}
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
        buyer=form.buyer(),
        approval=given["approval"],
    )
    taken = return_cart_without_bill(given["sale"], asked, actor=till.actor, at=timezone.now())
    context = {"note": taken.note, "refunds": taken.refunds}
    return render(request, "billing/_returned.html", cart_context(till) | context)
