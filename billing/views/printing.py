"""Receipts as bytes for a printer that the browser itself reaches, by USB or by a serial port."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from billing.credit_note_papers import credit_note_paper
from billing.documents import bill_document
from billing.escpos.credit_note import credit_note_bytes
from billing.escpos.receipt import receipt_bytes
from billing.escpos.sample import pulse_bytes, sample_bytes
from billing.escpos.settings import settings_of
from billing.forms.fields import understood
from billing.forms.printing import PrinterForm
from billing.models import Register
from billing.models.register import code_page_choices, paper_choices
from billing.queries import posted_bill
from billing.views.at_till import Till, at_till
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

BYTES = "application/octet-stream"
DRAWER = "X-Drawer"
BAUD_RATES = (9600, 19200, 38400, 57600, 115200)


@require_GET
@at_till
def printer(request: OrgRequest, till: Till) -> HttpResponse:
    """Which printer stands beside this device; kept on the device, for another one has another printer."""
    choices = {"papers": paper_choices(), "code_pages": code_page_choices(), "baud_rates": BAUD_RATES}
    return render(request, "billing/printer.html", {"till": till, "register": till.register} | choices)


@never_cache
@require_GET
@at_till
def printer_test(request: OrgRequest, till: Till) -> HttpResponse:
    settings = settings_of(till.register, **_asked(request))
    place = f"{till.store.name} · {till.register.name}"
    return HttpResponse(sample_bytes(settings, place=place), content_type=BYTES)


@never_cache
@require_GET
def receipt_for_printer(request: OrgRequest, bill_id: UUID) -> HttpResponse:
    posted = posted_bill(bill_id)
    if posted is None:
        raise Http404
    require(request.actor, Permission.BILLS_VIEW, posted.bill.store_id)
    store = Store.objects.select_related("org").get(pk=posted.bill.store_id)
    settings = settings_of(posted.bill.register, **_asked(request))
    with translation.override(store.receipt_language):
        printed = receipt_bytes(bill_document(posted, store=store), settings)
    return HttpResponse(printed, content_type=BYTES)


@never_cache
@require_GET
def return_for_printer(request: OrgRequest, note_id: UUID) -> HttpResponse:
    paper = credit_note_paper(note_id, actor=request.actor)
    if paper is None:
        raise Http404
    with translation.override(paper.store.receipt_language):
        printed = credit_note_bytes(paper.document, settings_of(paper.register, **_asked(request)))
    return HttpResponse(printed, content_type=BYTES)


def with_drawer(answer: HttpResponse, register: Register) -> HttpResponse:
    """The page that gets this answer opens the drawer, if it hangs on a printer that it reaches."""
    if register.opens_drawer:
        answer[DRAWER] = base64.b64encode(pulse_bytes()).decode()
    return answer


def _asked(request: OrgRequest) -> dict[str, Any]:
    """Raises Invalid."""
    return understood(PrinterForm(request.GET)).cleaned_data
