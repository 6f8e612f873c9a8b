"""Pairing a device with its register, and who stands there: a till that is left alone waits for a PIN."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from billing.forms.locking import PairForm, PinForm
from billing.http import forget_device, remember_device
from billing.operations.pairing import pair_device, unpair
from billing.operations.pins import who_is_it
from billing.queries import device_at
from billing.views.at_till import LOCKED, MEMBER, Till, at_till, opens_lock
from pantrypal.core.forms import refusals_on
from pantrypal.core.http import OrgRequest
from pantrypal.tenancy.middleware import org_non_atomic


@at_till
def pair(request: OrgRequest, till: Till) -> HttpResponse:
    """Done once by a manager, at the device itself."""
    form = PairForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            name = form.cleaned_data["name"]
            _device, token = pair_device(register=till.register, name=name, actor=request.actor, at=timezone.now())
            answer = redirect("till", till.register.pk)
            remember_device(answer, token)
            return answer
    context = {"till": till, "form": form, "device": device_at(till.register)}
    return render(request, "billing/pair.html", context, status=422 if form.errors else 200)


@require_POST
@at_till
def unpair_device(request: OrgRequest, till: Till) -> HttpResponse:
    device = device_at(till.register)
    if device is not None:
        unpair(device=device, actor=request.actor, at=timezone.now())
    answer = redirect("till-pair", till.register.pk)
    forget_device(answer)
    return answer


@require_POST
@at_till
def leave(request: OrgRequest, till: Till) -> HttpResponse:
    """The cashier has gone, or somebody else takes over. Only where a PIN can open it again."""
    if till.device is None:
        return redirect("till", till.register.pk)
    request.session[LOCKED] = str(till.register.pk)
    return redirect("till-lock", till.register.pk)


@at_till
@opens_lock
@org_non_atomic
def lock(request: OrgRequest, till: Till) -> HttpResponse:
    """Whoever shows a PIN of this store stands here from now on; the cart is as it was."""
    form = PinForm(request.POST or None)
    if till.device is None:
        request.session.pop(LOCKED, None)
        return redirect("till", till.register.pk)
    if form.is_valid():
        with refusals_on(form):
            member = who_is_it(device=till.device, pin=form.cleaned_data["pin"], at=timezone.now())
            request.session[MEMBER] = member.pk
            request.session.pop(LOCKED, None)
            return redirect("till", till.register.pk)
    with transaction.atomic():
        context = {"till": till, "form": form}
        return render(request, "billing/lock.html", context, status=403 if form.errors else 200)
