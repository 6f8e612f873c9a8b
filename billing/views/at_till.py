"""The register at which a page of the till stands, and who stands there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.http import device_of
from billing.models import Register, RegisterDevice, Shift
from billing.operations.pins import till_actor
from billing.queries import open_shift_of
from billing.refusals import ShiftNotOpen
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Membership, Store

# In the session: who took over by PIN, and at which register nobody stands now.
MEMBER = "till_member"
LOCKED = "till_locked"


@dataclass(frozen=True, slots=True)
class Till:
    """A register with its store, and its shift if one is open.

    `device` is the browser where it is the register's own; only there `actor` may be somebody other than who signed in.
    """

    register: Register
    store: Store
    shift: Shift | None
    actor: Actor
    device: RegisterDevice | None = None

    def require_shift(self) -> Shift:
        """Raises ShiftNotOpen."""
        if self.shift is None:
            raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
        return self.shift


def at_till(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view its register. Raises Forbidden to whom may not sell in its store; a locked till asks for a PIN."""
    own_transaction = getattr(view, "org_non_atomic", False)

    @wraps(view)
    def entered(request: OrgRequest, register_id: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic() if own_transaction else nullcontext():
            till = _till(request, register_id)
        if request.session.get(LOCKED) == str(register_id) and not getattr(view, "opens_lock", False):
            return redirect("till-lock", register_id)
        return view(request, till, *args, **kwargs)

    return entered


def opens_lock(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Marks a view that a locked till still answers: the lock itself, what a customer sees, and what was sold off line.
    Below `at_till`."""
    view.opens_lock = True  # type: ignore[attr-defined]
    return view


def _till(request: OrgRequest, register_id: UUID) -> Till:
    register = Register.objects.filter(pk=register_id, archived_at=None, kind=Register.Kind.TILL).first()
    if register is None:
        raise Http404
    store = Store.objects.select_related("org").get(pk=register.store_id)
    device = device_of(request)
    if device is not None and device.register_id != register.pk:
        device = None
    actor = _who(request, device)
    require(actor, Permission.SELL, store.pk)
    return Till(register, store, open_shift_of(register), actor, device)


def _who(request: OrgRequest, device: RegisterDevice | None) -> Actor:
    member_id = request.session.get(MEMBER) if device is not None else None
    if member_id is None:
        return request.actor
    member = Membership.objects.select_related("user", "org").filter(pk=member_id, is_active=True).first()
    return request.actor if member is None or member.org_id != request.org.pk else till_actor(member)
