"""Bills at the till: to be printed again, sent, or taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from billing import messaging
from billing.forms.bills import SendForm
from billing.forms.fields import understood
from billing.models import BillMessage
from billing.operations.sending import send_bill, whatsapp_address
from billing.queries import PostedBill, bills_at_till, posted_bill
from billing.views.at_till import Till, at_till
from pantrypal.core.http import OrgRequest


@require_GET
@at_till
def recent(request: OrgRequest, till: Till) -> HttpResponse:
    """The newest bills of the store, or those that go by a number or the code of a receipt: of one, all of it."""
    wanted = request.GET.get("q", "").strip()
    found = list(bills_at_till(till.store, wanted, timezone.now())[:8])
    if wanted and len(found) == 1:
        return bill_sheet(request, till, found[0].pk)
    context = {"till": till, "bills": found, "wanted": wanted, "currency": till.store.org.currency}
    return render(request, "billing/_bills.html", context)


@require_GET
@at_till
def one(request: OrgRequest, till: Till, bill_id: UUID) -> HttpResponse:
    return bill_sheet(request, till, bill_id)


@require_POST
@at_till
def send(request: OrgRequest, till: Till, bill_id: UUID) -> HttpResponse:
    """Where no provider takes WhatsApp messages, the cashier's own WhatsApp is opened with the link in it."""
    asked = understood(SendForm(request.POST)).cleaned_data
    bill, at = bill_at(till, bill_id).bill, timezone.now()
    if asked["channel"] == BillMessage.Channel.WHATSAPP and not messaging.is_set_up():
        address = whatsapp_address(bill=bill, to=asked["to"], actor=till.actor, at=at)
        return bill_sheet(request, till, bill_id, whatsapp=address)
    return bill_sheet(request, till, bill_id, message=send_bill(bill=bill, **asked, actor=till.actor, at=at))


def bill_sheet(request: OrgRequest, till: Till, bill_id: UUID, **more: object) -> HttpResponse:
    """Everything about one bill, with `more` of what has just been done with it. Raises Http404."""
    posted = bill_at(till, bill_id)
    context = {
        "till": till,
        "posted": posted,
        "bill": posted.bill,
        "notes": posted.bill.credit_notes.order_by("sequence"),
        "currency": till.store.org.currency,
        "sends_texts": messaging.is_set_up(),
    }
    return render(request, "billing/_bill.html", context | more)


def bill_at(till: Till, bill_id: UUID) -> PostedBill:
    """A bill of this store. Raises Http404."""
    posted = posted_bill(bill_id)
    if posted is None or posted.bill.store_id != till.store.pk:
        raise Http404
    return posted
