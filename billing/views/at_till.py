"""The register at which a page of the till stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from billing.models import Register, Shift
from billing.queries import open_shift_of
from billing.refusals import ShiftNotOpen
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store


@dataclass(frozen=True, slots=True)
class Till:
    """A register with its store, and its shift if one is open."""

    register: Register
    store: Store
    shift: Shift | None

    def require_shift(self) -> Shift:
        """Raises ShiftNotOpen."""
        if self.shift is None:
            raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
        return self.shift


def at_till(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view its register. Raises Forbidden to whom may not sell in its store."""

    @wraps(view)
    def entered(request: OrgRequest, register_id: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, _till(request, register_id), *args, **kwargs)

    return entered


def _till(request: OrgRequest, register_id: UUID) -> Till:
    register = Register.objects.filter(pk=register_id, archived_at=None, kind=Register.Kind.TILL).first()
    if register is None:
        raise Http404
    store = Store.objects.select_related("org").get(pk=register.store_id)
    require(request.actor, Permission.SELL, store.pk)
    return Till(register, store, open_shift_of(register))
