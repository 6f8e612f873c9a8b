"""Asking another store for goods with a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inventory.operations.transfers import Wanted, request_transfer
from inventory.queries.levels import on_hand_in
from inventory.views.at_store import at_store, go
from inventory.views.open_list import line_for, listed
from inventory.views.picking import PickList
from inventory.views.scanning import SeveralFound, read_code
from pantrypal.core.access import Permission
from pantrypal.core.camera import reads_codes
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.queries import all_stores


@reads_codes
@require_http_methods(["GET", "POST"])
@at_store(Permission.STOCK_EDIT)
def page(request: OrgRequest, store: Store) -> HttpResponse:
    """A list of what is wanted, and the store that is asked; it says how much of each is there."""
    others = [one for one in all_stores() if one.pk != store.pk and one.archived_at is None]
    picks = PickList(listed(request.POST))
    asked = request.POST.get("source") or (others[0].code if len(others) == 1 else "")
    source = next((one for one in others if one.code == asked), None)
    context: dict[str, Any] = {"store": store, "picks": picks, "others": others, "source": source}
    context["note"] = request.POST.get("note", "")
    if request.method == "GET":
        return render(request, "inventory/phone/ask.html", context)
    try:
        with transaction.atomic():
            picks.read(request.POST)
            if _is_done(request, store, source, picks):
                return go(request, "stock-home", store.code)
    except SeveralFound as several:
        context |= {"found": several.found, "notice": several.message}
    except DomainError as refusal:
        context |= {"notice": refusal.message, "is_refusal": True}
    if source is not None:
        _look_there(picks, source)
    return render(request, "inventory/phone/_ask_work.html", context, status=422 if "notice" in context else 200)


def _is_done(request: OrgRequest, store: Store, source: Store | None, picks: PickList) -> bool:
    match request.POST.get("do", "scan"):
        case "more":
            picks.add_again()
        case "undo":
            picks.undo()
        case "done":
            _ask(request, store, source, picks)
            return True
        case _:
            goods = replace(read_code(request.POST.get("code", ""), store), lot=None)
            picks.add(line_for(picks, goods), goods.quantity)
    return False


def _ask(request: OrgRequest, store: Store, source: Store | None, picks: PickList) -> None:
    if source is None:
        sentence = _("Please choose the store that you ask.")
        raise Invalid(sentence, {"source": [sentence]})
    lines = [Wanted(pick.product.pk, pick.quantity) for pick in picks.picks if pick.quantity]
    note, now = request.POST.get("note", ""), timezone.now()
    made = request_transfer(lines, source=source, target=store, note=note, actor=request.actor, at=now)
    messages.success(request, _("%(store)s is asked: transfer %(number)s.") % {"store": source, "number": made.number})


def _look_there(picks: PickList, source: Store) -> None:
    """How much of each the asked store has, by its books."""
    there = on_hand_in(source.pk, [pick.product.pk for pick in picks.picks])
    for pick in picks.picks:
        pick.there = max(there.get(pick.product.pk, ZERO), ZERO)
