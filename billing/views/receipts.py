"""The receipts of bills and credit notes, for the screen and for a roll of 80 mm."""

from __future__ import annotations

from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from billing.credit_note_papers import credit_note_paper
from billing.queries import posted_bill
from billing.receipts import CREDIT_NOTE_TEMPLATE, TEMPLATE, credit_note_context, receipt_context
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store


# The till prints it from a frame. The decorator does not know that our requests know more than Django's.
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
@require_GET
def receipt(request: OrgRequest, bill_id: UUID) -> HttpResponse:
    posted = posted_bill(bill_id)
    if posted is None:
        raise Http404
    require(request.actor, Permission.BILLS_VIEW, posted.bill.store_id)
    store = Store.objects.select_related("org").get(pk=posted.bill.store_id)
    with translation.override(store.receipt_language):
        answer = render(request, TEMPLATE, receipt_context(posted, store=store))
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
@require_GET
def credit_note(request: OrgRequest, note_id: UUID) -> HttpResponse:
    paper = credit_note_paper(note_id, actor=request.actor)
    if paper is None:
        raise Http404
    with translation.override(paper.store.receipt_language):
        answer = render(request, CREDIT_NOTE_TEMPLATE, credit_note_context(paper.document))
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer
