"""Bills at the till: to be printed again, sent, or taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from billing.forms.bills import SendForm
from billing.forms.fields import understood
from billing.operations.sending import send_bill
from billing.queries import PostedBill, bills_at_till, posted_bill
from billing.views.at_till import Till, at_till
from pantrypal.core.http import OrgRequest


@require_GET
@at_till
def recent(request: OrgRequest, till: Till) -> HttpResponse:
    """The newest bills of the store, or those that go by a number or the code of a receipt."""
    wanted = request.GET.get("q", "").strip()
    found = list(bills_at_till(till.store, wanted, timezone.now())[:8])
    context = {"till": till, "bills": found, "wanted": wanted, "currency": till.store.org.currency}
    return render(request, "billing/_bills.html", context)


@require_GET
@at_till
def one(request: OrgRequest, till: Till, bill_id: UUID) -> HttpResponse:
    return render(request, "billing/_bill.html", bill_context(till, bill_id))


@require_POST
@at_till
def send(request: OrgRequest, till: Till, bill_id: UUID) -> HttpResponse:
    asked = understood(SendForm(request.POST)).cleaned_data
    posted = bill_at(till, bill_id)
    message = send_bill(bill=posted.bill, **asked, actor=till.actor, at=timezone.now())
    return render(request, "billing/_bill.html", bill_context(till, bill_id) | {"message": message})


def bill_at(till: Till, bill_id: UUID) -> PostedBill:
    """A bill of this store. Raises Http404."""
    posted = posted_bill(bill_id)
    if posted is None or posted.bill.store_id != till.store.pk:
        raise Http404
    return posted


def bill_context(till: Till, bill_id: UUID) -> dict[str, object]:
    posted = bill_at(till, bill_id)
    notes = posted.bill.credit_notes.order_by("sequence")
    return {"till": till, "posted": posted, "bill": posted.bill, "notes": notes, "currency": till.store.org.currency}
