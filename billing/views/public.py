"""A bill without signing in: whoever holds its paper or a link sees what the paper says, and whether it is true."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing import chain, links
from billing.documents import bill_document
from billing.links import BillLink
from billing.pdf.printing import printable
from billing.queries import PostedBill, bill_pdf, posted_bill
from pantrypal.core.models import Store
from pantrypal.tenancy.context import OrgUnavailable, org_scope

UNINDEXED = {"X-Robots-Tag": "noindex, nofollow"}


@never_cache
@require_safe
def public_bill(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    with org_scope(link.org_id), transaction.atomic():
        posted = _bill(link)
        store = Store.objects.select_related("org").get(pk=posted.bill.store_id)
        _speak(request, store)
        bill = printable(bill_document(posted, store=store))
        returned = list(posted.bill.credit_notes.order_by("sequence").values("number", "document_date"))
        context = {"bill": bill, "is_genuine": _is_genuine(posted), "returned": returned, "link": link, "token": token}
        answer = render(request, "billing/public_bill.html", context)
    answer["X-Robots-Tag"] = UNINDEXED["X-Robots-Tag"]
    return answer


@never_cache
@require_safe
def public_pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The PDF, for shared links only: the code on a thrown-away receipt hands out no file."""
    link = _link(token)
    if not link.is_shared:
        raise Http404
    with org_scope(link.org_id), transaction.atomic():
        posted = _bill(link)
        file = bill_pdf(posted.bill.pk)
        if file is None:
            return HttpResponse(status=202, headers={"Retry-After": "2"})
        return FileResponse(
            file.open(), content_type="application/pdf", filename=f"{posted.bill.number}.pdf", headers=UNINDEXED
        )


def _speak(request: HttpRequest, store: Store) -> None:
    """The language that the reader has chosen here before; else the one of the paper."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(store.receipt_language)


def _link(token: str) -> BillLink:
    link = links.read(token)
    if link is None:
        raise Http404
    return link


def _bill(link: BillLink) -> PostedBill:
    try:
        posted = posted_bill(link.bill_id)
    except OrgUnavailable:
        raise Http404 from None
    if posted is None:
        raise Http404
    return posted


def _is_genuine(posted: PostedBill) -> bool:
    """The bill as it is stored now is the one that was posted."""
    bill = posted.bill
    content = chain.bill_hash(bill, posted.lines, posted.payments, posted.buyer)
    return content == bill.content_hash and bill.hash == chain.link(bill.previous_hash, bill.number, content)
