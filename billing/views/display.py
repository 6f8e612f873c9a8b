"""The customer's display: a second window of the register, or another device, that follows the cart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_GET, require_POST

from billing.operations.customer_display import on_display, show_code
from billing.operations.shown_cart import show
from billing.views.at_till import Till, at_till, opens_lock
from billing.views.paying import upi_of
from pantrypal.core.http import OrgRequest


@require_GET
@at_till
@opens_lock
def display(request: OrgRequest, till: Till) -> HttpResponse:
    """In the customer's language, which is not the cashier's: it is in the address."""
    with translation.override(_language(request)):
        more = {"till": till, "languages": settings.LANGUAGES}
        return render(request, "billing/display.html", _context(till) | more)


def _version(request: OrgRequest, till: Till) -> str:
    at = timezone.now()
    return quote_etag(f"{_language(request)}-{on_display(till.register, at).version(at)}")


@require_GET
@at_till
@opens_lock
@condition(etag_func=_version)
def display_now(request: OrgRequest, till: Till) -> HttpResponse:
    """What is on it now: asked for every second, and mostly answered that nothing has changed."""
    with translation.override(_language(request)):
        return render(request, "billing/_display.html", _context(till))


@require_POST
@at_till
def code(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    """The cashier's page has begun to show a code to pay by, or has stopped."""
    is_shown = request.POST.get("shown") == "yes"
    show_code(cart_id, is_shown=is_shown, register=till.register, store=till.store, actor=till.actor, at=timezone.now())
    return HttpResponse(status=204)


def _context(till: Till) -> dict[str, Any]:
    at = timezone.now()
    seen = on_display(till.register, at)
    shown = show(seen.cart, till.store, at)
    return {
        "shown": shown,
        "paid": seen.paid,
        "code": upi_of(till, shown) if seen.cart and seen.cart.shows_code else "",
        "store": till.store,
        "currency": till.store.org.currency,
    }


def _language(request: OrgRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
