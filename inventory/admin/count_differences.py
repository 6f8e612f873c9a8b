"""What a count has found so far, for those who judge it: count again, or post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Product
from inventory.models import Lot, StockCount
from inventory.operations.count_posting import is_doubtful, post_count
from inventory.operations.stock_counts import ask_recount
from inventory.queries.counts import Tallied, tally, waiting_recounts
from pantrypal.core.access import Permission
from pantrypal.core.admin import site
from pantrypal.core.admin.scope import covered_only
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.queries import as_uuid
from pantrypal.core.templatetags.pantrypal import money


@dataclass(frozen=True, slots=True)
class Row:
    product: Product
    lot: str
    tallied: Tallied
    value: str
    is_doubtful: bool
    is_awaited: bool


def differences_page(request: OrgRequest) -> HttpResponse:
    count = _count(request)
    here = f"{reverse('admin:count_differences')}?count={count.pk}"
    if request.method == "POST":
        return HttpResponseRedirect(
            reverse("admin:inventory_stockcount_change", args=[count.pk]) if _do(request, count) else here
        )
    found = tally(count, at=timezone.now())
    context = {
        "count": count,
        "rows": _rows(request, count, found),
        "same": sum(1 for one in found if not one.verdict.variance),
        "may_post": request.actor.may(Permission.STOCK_EDIT, count.store_id) and count.status == count.Status.OPEN,
    }
    return site.page(request, "inventory/admin/count_differences.html", _("Count %s") % count.number, **context)


def _count(request: OrgRequest) -> StockCount:
    pk = as_uuid(request.GET.get("count", ""))
    count: StockCount | None = covered_only(StockCount.objects.filter(pk=pk), request).first() if pk else None
    if count is None:
        raise Http404
    return count


def _do(request: OrgRequest, count: StockCount) -> bool:
    """Whether the count has ended by it."""
    chosen = {pk for ref in request.POST.getlist("product") if (pk := as_uuid(ref))}
    try:
        with transaction.atomic():
            if "recount" in request.POST:
                ask_recount(count, chosen, actor=request.actor, at=timezone.now())
                messages.success(request, _("The phones ask for %s products again.") % len(chosen))
                return False
            reasons = _reasons(request)
            accepts = "accept" in request.POST
            post_count(count, reasons=reasons, accepts_doubtful=accepts, actor=request.actor, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, _("Count %s is posted. The books say now what is there.") % count.number)
    return True


def _reasons(request: OrgRequest) -> dict[UUID, str]:
    given = ((as_uuid(name.removeprefix("reason-")), str(text)) for name, text in request.POST.items())
    return {product: text for product, text in given if product and text.strip()}


def _rows(request: OrgRequest, count: StockCount, found: list[Tallied]) -> list[Row]:
    """Differences only, the most money first."""
    awaited = waiting_recounts(count)
    odd = [one for one in found if one.verdict.variance or one.product in awaited]
    products: dict[UUID, Any] = Product.objects.in_bulk({one.product for one in odd} | awaited)
    lots = dict(Lot.objects.filter(pk__in=[one.lot for one in odd if one.lot]).values_list("pk", "code"))
    odd.sort(key=lambda one: -abs(one.verdict.variance * one.unit_cost))
    return [
        Row(
            products[one.product],
            lots.get(one.lot, "") if one.lot else "",
            one,
            money(round_money(one.verdict.variance * one.unit_cost or ZERO, request.org.places), request.org.currency),
            is_doubtful(one),
            one.product in awaited,
        )
        for one in odd
    ]


site.add_page(
    "counts/differences/",
    "count_differences",
    differences_page,
    title=gettext_lazy("Differences"),
    permission=Permission.STOCK_EDIT,
)
