"""Writing off with a phone: what broke, went off, was stolen or used up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from inventory.models import WRITE_OFFS, StockAdjustmentLine
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.views.at_store import at_store, go
from inventory.views.open_list import line_for, listed
from inventory.views.picking import PickList
from inventory.views.scanning import SeveralFound, read_code
from pantrypal.core.access import Permission
from pantrypal.core.camera import reads_codes
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

KINDS = [(kind.value, StockAdjustmentLine.Kind(kind.value).label) for kind in WRITE_OFFS]


@reads_codes
@require_http_methods(["GET", "POST"])
@at_store(Permission.STOCK_EDIT)
def page(request: OrgRequest, store: Store) -> HttpResponse:
    kind = request.POST.get("kind", KINDS[0][0])
    picks = PickList(listed(request.POST))
    context: dict[str, Any] = {"store": store, "picks": picks, "kinds": KINDS, "kind": kind}
    context["reason"] = request.POST.get("reason", "")
    if request.method == "GET":
        return render(request, "inventory/phone/write_off.html", context)
    try:
        with transaction.atomic():
            picks.read(request.POST)
            if _is_done(request, store, picks, kind):
                return go(request, "stock-home", store.code)
    except SeveralFound as several:
        context |= {"found": several.found, "notice": several.message}
    except DomainError as refusal:
        context |= {"notice": refusal.message, "is_refusal": True}
    status = 422 if "notice" in context else 200
    return render(request, "inventory/phone/_write_off_work.html", context, status=status)


def _is_done(request: OrgRequest, store: Store, picks: PickList, kind: str) -> bool:
    match request.POST.get("do", "scan"):
        case "more":
            picks.add_again()
        case "undo":
            picks.undo()
        case "done":
            _write_off(request, store, picks, kind)
            return True
        case _:
            goods = read_code(request.POST.get("code", ""), store)
            picks.add(line_for(picks, goods), goods.quantity)
    return False


def _write_off(request: OrgRequest, store: Store, picks: PickList, kind: str) -> None:
    if kind not in dict(KINDS):
        sentence = _("Please say what for.")
        raise Invalid(sentence, {"kind": [sentence]})
    reason = request.POST.get("reason", "")
    lines = [
        Adjustment(pick.product.pk, -pick.quantity, reason, pick.lot.pk if pick.lot else None, kind=kind)
        for pick in picks.picks
        if pick.quantity
    ]
    adjust_stock(lines, store=store, note=reason, actor=request.actor, at=timezone.now())
    said = ngettext("%s product is written off.", "%s products are written off.", len(lines))
    messages.success(request, said % len(lines))
