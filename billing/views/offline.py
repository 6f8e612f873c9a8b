"""What a till needs to go on selling while it is off line, and how it hands in what it has sold.

Scripts ask for all of it and are answered in JSON; refusals as problem+json, like the API's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from billing.forms.offline import PaperBill, read_paper_bill
from billing.http import device_of
from billing.models import RegisterDevice
from billing.operations.offline_goods import goods_page
from billing.operations.offline_sales import TakenSale, note_refused_sale, take_offline_sale
from billing.operations.offline_terms import offline_terms
from billing.operations.pins import till_actor
from billing.queries import device_at, device_once_at
from billing.refusals import NotPaired, OfflineGap, ShiftNotOpen
from billing.views.at_till import Till, at_till, opens_lock
from catalog.queries import Place
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor
from pantrypal.core.errors import DomainError, Forbidden
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Membership
from pantrypal.tenancy.middleware import org_non_atomic

# Nothing is wrong with a sale that is refused by one of these: it waits.
WAITING = (OfflineGap, ShiftNotOpen, NotPaired, Forbidden)


def in_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A refusal is answered as the script can read it, and nothing is kept by anybody on the way."""

    @wraps(view)
    def answered(request: OrgRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except DomainError as refusal:
            answer = _problem(refusal)
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


@require_GET
@at_till
def page(request: OrgRequest, till: Till) -> HttpResponse:
    """The till as it is while there is no connection: kept by the browser, with nothing in it that changes daily.

    Any other device goes to the till itself.
    """
    if till.device is None:
        return redirect("till", till.register.pk)
    with translation.override(till.store.receipt_language):
        paper = render_to_string("billing/_offline_paper.html")
    context = {"till": till, "store": till.store, "register": till.register, "currency": till.store.org.currency}
    return render(request, "billing/till_offline.html", context | {"paper": paper})


@require_GET
@in_json
@at_till
@opens_lock
def terms(request: OrgRequest, till: Till) -> JsonResponse:
    """What holds for all sales, who stands here, and the token that a form would carry; that also where the device has
    been unpaired, for it may have sold something before."""
    if till.device is None:
        return _problem(_not_paired(), token=get_token(request))
    cashier = {"id": till.actor.user_id, "name": till.actor.label}
    now = timezone.now()
    found = offline_terms(till.register, till.store, till.device, at=now)
    said = {"rules": found.rules, "terms": found.values, "cashier": cashier, "token": get_token(request)}
    return JsonResponse(said | {"now": now.isoformat()})


@require_GET
@in_json
@at_till
@opens_lock
def goods(request: OrgRequest, till: Till) -> JsonResponse:
    """A page of products: all of them from the beginning, or those that have changed since `from`. Raises NotPaired."""
    if till.device is None:
        raise _not_paired()
    now = timezone.now()
    begun = request.GET.get("from", "")
    place = Place.read(begun) if begun else Place(True, now)
    found = goods_page(place, store=till.store, actor=till.actor, at=now)
    gone = [str(pk) for pk in found.gone]
    return JsonResponse({"goods": found.goods, "gone": gone, "next": str(found.place), "more": found.more})


@require_POST
@in_json
@at_till
@opens_lock
@org_non_atomic
def bills(request: OrgRequest, till: Till) -> JsonResponse:
    """Take one sale: 201, or 200 where it is in the books already, with its id and number.

    `paired` is false where who sends it has lost the register, as one of two devices with the same pairing does.

    What cannot be taken is kept for the owners and refused; the answer's `told` says so.
    """
    paper = read_paper_bill(request.body)
    with transaction.atomic():
        sender = device_of(request, once=True)
        device = _numbered_by(paper, till, sender)
        actor = _cashier(paper.cashier, till)
    try:
        with transaction.atomic():
            sale = paper.sale(till.register, till.store, device)
            taken = take_offline_sale(sale, cart_id=paper.cart, actor=actor, at=timezone.now())
    except WAITING:
        raise
    except DomainError as refusal:
        with transaction.atomic():
            _note(paper, refusal, till, device, actor)
        return _problem(refusal, told=True)
    with transaction.atomic():
        is_paired = sender == device_at(till.register)
    return _taken(taken, is_paired=is_paired)


def _not_paired() -> NotPaired:
    return NotPaired(_("Only the device that is paired with the register can sell without a connection."))


def _numbered_by(paper: PaperBill, till: Till, sender: RegisterDevice | None) -> RegisterDevice:
    """The pairing under which the sale was numbered; who sends it has that one or a later one. Raises NotPaired."""
    device = device_once_at(till.register, paper.device)
    if device is None or sender is None or sender.register_id != till.register.pk:
        raise NotPaired(_("Sales made off line are sent by the register's own device."))
    return device


def _cashier(user_id: int | None, till: Till) -> Actor:
    """Who has sold it, if they still may; else who sends it."""
    members = Membership.objects.select_related("user", "org").filter(org=till.store.org, user=user_id, is_active=True)
    member = members.first() if user_id is not None else None
    actor = till.actor if member is None else till_actor(member)
    return actor if actor.may(Permission.SELL, till.store.pk) else till.actor


def _note(paper: PaperBill, refusal: DomainError, till: Till, device: RegisterDevice, actor: Actor) -> None:
    note_refused_sale(
        bill_id=paper.id,
        content=paper.content(),
        refusal=refusal,
        register=till.register,
        device=device,
        actor=actor,
        at=timezone.now(),
    )


def _taken(taken: TakenSale, *, is_paired: bool) -> JsonResponse:
    bill = taken.posted.bill
    answer: dict[str, Any] = {"id": str(bill.pk), "number": bill.number, "printed_number": bill.printed_number}
    answer |= {"total": format(bill.total, "f"), "as_printed": taken.is_as_printed, "paired": is_paired}
    return JsonResponse(answer, status=200 if taken.posted.is_repeat else 201)


def _problem(refusal: DomainError, **more: Any) -> JsonResponse:
    # Nobody is forbidden anything where it is only the wrong device.
    status = 409 if isinstance(refusal, NotPaired) else refusal.status
    body = {"code": refusal.code, "detail": refusal.message, "status": status, **more}
    if isinstance(refusal, OfflineGap):
        body["expected"] = refusal.data["expected"]
    return JsonResponse(body, status=status, content_type="application/problem+json")
