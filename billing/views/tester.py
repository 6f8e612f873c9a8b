"""What a scanner sends, and what the till makes of it: for setting up scanners and scale labels."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from billing.typed import read_typed
from billing.views.at_till import Till, at_till
from catalog.queries import find_scanned, scale_layouts
from catalog.scan import parse_scan
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest

SEPARATOR_SHOWN = "{GS}"


@require_GET
@at_till
def tester(request: OrgRequest, till: Till) -> HttpResponse:
    text = request.GET.get("code", "")[:500].replace(SEPARATOR_SHOWN, "\x1d")
    context = {"till": till, "text": text.replace("\x1d", SEPARATOR_SHOWN), "currency": till.store.org.currency}
    return render(request, "billing/scan_tester.html", context | (_read(till, text) if text.strip() else {}))


def _read(till: Till, text: str) -> dict[str, Any]:
    typed, today = read_typed(text), till.store.document_date(timezone.now())
    try:
        readings = parse_scan(typed.code, today=today, layouts=scale_layouts())
        found = find_scanned([typed.code], on=today, currency=till.store.org.currency).get(typed.code)
    except DomainError as refusal:
        return {"problem": refusal.message, "typed": typed}
    return {"readings": readings, "found": found, "typed": typed}
