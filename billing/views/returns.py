"""Taking goods back at the till: for money, for store credit, or for what lies in the cart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.forms.fields import understood
from billing.forms.returning import EXCHANGE, ReturnForm
from billing.models import CreditNoteLine, ReasonUse
from billing.models.payment import Method
from billing.operations.returns import take_goods_back
from billing.operations.till_sale import exchange_cart
from billing.queries import PostedBill, left_to_return, reasons_for
from billing.refusals import CartGone, NothingToReturn
from billing.return_request import ReturnRequest
from billing.views.at_till import Till, at_till
from billing.views.bills import bill_at
from billing.views.cart_page import cart_context
from billing.views.printing import with_drawer
from pantrypal.core.http import OrgRequest
from pantrypal.tenancy.ids import uuid7


@at_till
def take_back(request: OrgRequest, till: Till, bill_id: UUID) -> HttpResponse:
    posted = bill_at(till, bill_id)
    form = ReturnForm(request.POST or None, lines=posted.lines, left=left_to_return(posted.bill))
    context: dict[str, Any] = {"posted": posted, "bill": posted.bill}
    if request.method != "POST":
        context |= {"form": form, "reasons": reasons_for(ReasonUse.RETURN), "id": uuid7()}
        context |= {"dispositions": CreditNoteLine.Disposition.choices}
        return render(request, "billing/_return.html", cart_context(till) | context)
    asked = _asked(understood(form), posted, till)
    if form.cleaned_data["refund"] == EXCHANGE:
        if form.cleaned_data["sale"] is None:
            raise CartGone(_("Scan what the customer takes instead, then choose the exchange."))
        exchanged = exchange_cart(form.cleaned_data["sale"], asked, actor=till.actor, at=timezone.now())
        context |= {"note": exchanged.note.note, "refunds": exchanged.note.refunds, "new_bill": exchanged.bill.bill}
    else:
        taken = take_goods_back(asked, actor=till.actor, at=timezone.now())
        context |= {"note": taken.note, "refunds": taken.refunds}
    answer = render(request, "billing/_returned.html", cart_context(till) | context)
    is_cash = any(refund.method == Method.CASH for refund in context["refunds"])
    return with_drawer(answer, till.register) if is_cash else answer


def _asked(form: ReturnForm, posted: PostedBill, till: Till) -> ReturnRequest:
    """Raises NothingToReturn where no line was chosen."""
    given, lines = form.cleaned_data, form.returned()
    if not lines and not given["is_void"]:
        raise NothingToReturn(_("Say of at least one line how much comes back."))
    return ReturnRequest(
        id=given["id"],
        bill=posted.bill,
        store=till.store,
        register=till.register,
        reason=given["reason"],
        lines=() if given["is_void"] else lines,
        refunds=form.refunds(),
        is_void=given["is_void"],
        approval=given["approval"],
    )
