"""What payment providers tell us. Their signature is the sign-in."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing import links
from billing.models import PaymentAccount
from billing.operations.asked_payments import UnknownPayment, take_notice
from billing.providers import provider_of
from billing.providers.interface import Forged
from pantrypal.tenancy.context import org_scope

TAKEN, FORGED, UNKNOWN = 204, 400, 404


@csrf_exempt
@require_POST
def provider_callback(request: HttpRequest, token: str) -> HttpResponse:
    """204: taken, or nothing for us; the provider need not come again. Otherwise it will."""
    there = links.read_callback(token)
    if there is None:
        return HttpResponse(status=UNKNOWN)
    org_id, account_id = there
    with org_scope(org_id), transaction.atomic():
        account = PaymentAccount.objects.filter(pk=account_id, is_active=True).first()
        return HttpResponse(status=UNKNOWN if account is None else _take(request, account))


def _take(request: HttpRequest, account: PaymentAccount) -> int:
    try:
        notice = provider_of(account).read(request.body, request.headers)
        if notice is not None:
            take_notice(notice, account=account, at=timezone.now())
    except Forged:
        return FORGED
    except UnknownPayment:
        return UNKNOWN
    return TAKEN
