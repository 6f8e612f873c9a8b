"""Who bought recalled goods, beside the recalls; and their money back in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.models import Register, Shift
from billing.operations.recalls import refund_recalled
from billing.pdf.recalls import recall_as_pdf
from billing.recalled import Obstacle, RecalledSale, recalled_sales
from inventory.models import Recall
from pantrypal.core.access import Permission
from pantrypal.core.admin import PageColumn, site
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest, pdf_response
from pantrypal.core.queries import as_uuid


def _bills(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    """How many bills had it, and the way to them."""
    if not request.actor.may(Permission.BILLS_VIEW):
        return {}
    found = {row.pk: {sale.bill.pk for sale in recalled_sales(row, stores=request.actor.stores)} for row in rows}
    address = reverse("admin:recalled_bills")
    return {
        pk: format_html('<a class="pp-link" href="{}?recall={}">{}</a>', address, pk, len(bills))
        for pk, bills in found.items()
    }


def recalled_page(request: OrgRequest) -> HttpResponse:
    pk = as_uuid(request.GET.get("recall", ""))
    recall = Recall.objects.select_related("product").filter(pk=pk).first() if pk else None
    if recall is None:
        raise Http404
    if request.method == "POST":
        _refund(request, recall)
        return HttpResponseRedirect(request.get_full_path())
    sales = recalled_sales(recall, stores=request.actor.stores)
    if request.GET.get("paper"):
        pdf = recall_as_pdf(recall, sales, stores=stores_of(request), shop=request.org.name, at=timezone.now())
        return pdf_response(pdf, "recall")
    context = {
        "recall": recall,
        "sales": sales,
        "stores": stores_of(request),
        "told": _told(recall, sales),
        "registers": _open_registers(request) if _may_refund(request) else [],
    }
    return site.page(request, "billing/admin/recalled.html", _("Who bought %s") % recall.product.name, **context)


def _told(recall: Recall, sales: Sequence[RecalledSale]) -> dict[str, Any]:
    """How many bills there are, of how many nobody is known, and how many people the letter goes to."""
    letters = {sale.buyer.email.lower() for sale in sales if sale.buyer and sale.buyer.email}
    out = {sale.bill.pk: sale.obstacle for sale in sales if sale.obstacle != Obstacle.CAME_BACK}
    return {
        "bills": len({sale.bill.pk for sale in sales}),
        "out": len(out),
        "unknown": sum(1 for obstacle in out.values() if obstacle == Obstacle.NO_CUSTOMER),
        "letters": len(letters) if recall.message else 0,
    }


def _may_refund(request: OrgRequest) -> bool:
    return request.actor.may(Permission.SELL) and request.actor.may(Permission.STOCK_EDIT)


def _open_registers(request: OrgRequest) -> list[Register]:
    """Where money can be given back now."""
    shifts = Shift.objects.filter(
        closed_at=None, register__kind=Register.Kind.TILL, register__store_id__in=list(stores_of(request))
    )
    return [shift.register for shift in shifts.select_related("register").order_by("register__code")]


def _refund(request: OrgRequest, recall: Recall) -> None:
    register = next((one for one in _open_registers(request) if str(one.pk) == request.POST.get("register")), None)
    if register is None:
        messages.error(request, _("Please open a shift first: money is given back at a register."))
        return
    store = stores_of(request)[register.store_id]
    bills = {pk for ref in request.POST.getlist("bill") if (pk := as_uuid(ref))}
    try:
        with transaction.atomic():
            done = refund_recalled(
                recall, bills, register=register, store=store, actor=request.actor, at=timezone.now()
            )
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return
    said = ngettext(
        "%s bill was paid back as store credit.", "%s bills were paid back as store credit.", len(done.bills)
    )
    messages.success(request, said % len(done.bills))
    for sale, why in done.left:
        messages.warning(request, f"{sale.bill}: {why.label}. {why.advice}")


site.add_column(Recall, PageColumn("bills", gettext_lazy("bills"), _bills, is_figure=True))
site.add_page(
    "recalled/", "recalled_bills", recalled_page, title=gettext_lazy("Recalled goods"), permission=Permission.BILLS_VIEW
)
