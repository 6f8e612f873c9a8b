"""Registers and what they need before the first sale."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Register
from billing.queries import open_shift_of
from pantrypal.core import caching
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Organization, Store
from pantrypal.core.validation import validated
from pantrypal.journal.models import AuditEntry

# Before the prefix of a register's bills: credit notes, and bills made off line.
CREDIT_NOTE = "C"
OFFLINE = "F"


class ShiftStillOpen(DomainError):
    """A drawer with money in it is counted first."""

    code = "shift_still_open"
    status = 409


def bill_prefix(store: Store, register: Register) -> str:
    return f"{store.code}{register.code}"


@transaction.atomic
def create_register(
    *, store: Store, code: str, name: str, kind: str = Register.Kind.TILL, actor: Actor, at: datetime, **printer: Any
) -> Register:
    """`printer`: paper, code_page, opens_drawer. Raises Invalid."""
    require(actor, Permission.REGISTERS_EDIT, store.pk)
    Organization.objects.select_for_update().get(pk=actor.org_id)  # two registers at once see each other
    register = Register(store_id=store.pk, code=code, name=name, kind=kind, **printer)
    validated(register)
    _require_own_prefixes(store, register)
    register.save()
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("register.created", register, actor=actor, at=at, store=store.code, code=code)
    return register


@transaction.atomic
def change_register(*, register: Register, changes: dict[str, Any], actor: Actor, at: datetime) -> Register:
    """Its code stays: it is in the numbers of bills. Raises Invalid, ShiftStillOpen."""
    register = Register.objects.select_for_update().get(pk=register.pk)
    require(actor, Permission.REGISTERS_EDIT, register.store_id)
    old = {name: getattr(register, name) for name in changes}
    if changes.get("kind", register.kind) != register.kind and open_shift_of(register):
        raise ShiftStillOpen(_("Please close the shift of this register first."), field="kind")
    for name, value in changes.items():
        setattr(register, name, value)
    validated(register).save(update_fields=list(changes))
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("register.changed", register, actor=actor, at=at, old=old, new=changes)
    return register


@transaction.atomic
def archive_register(*, register: Register, actor: Actor, at: datetime) -> None:
    """Out of use; its bills and its number stay. Raises ShiftStillOpen."""
    require(actor, Permission.REGISTERS_EDIT, register.store_id)
    register = Register.objects.select_for_update().get(pk=register.pk)
    if open_shift_of(register):
        raise ShiftStillOpen(_("Please close the shift of %s first.") % register)
    register.archived_at = register.archived_at or at
    register.save(update_fields=["archived_at"])
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("register.archived", register, actor=actor, at=at)


@transaction.atomic
def restore_register(*, register: Register, actor: Actor, at: datetime) -> None:
    require(actor, Permission.REGISTERS_EDIT, register.store_id)
    register = Register.objects.select_for_update().get(pk=register.pk)
    register.archived_at = None
    register.save(update_fields=["archived_at"])
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("register.restored", register, actor=actor, at=at)


def _require_own_prefixes(store: Store, register: Register) -> None:
    """“C1” of store B and “1” of store BC would number their bills alike; so would B's credit notes and CB's bills."""
    stores = {other.pk: other for other in Store.objects.all()}
    taken = {
        prefix
        for other in Register.objects.all()
        if other.store_id in stores
        for prefix in _prefixes(stores[other.store_id], other)
    }
    if taken & _prefixes(store, register):
        sentence = _("With this code the bill numbers would be those of another register. Please choose another code.")
        raise Invalid(sentence, {"code": [sentence]})


def _prefixes(store: Store, register: Register) -> set[str]:
    own = bill_prefix(store, register)
    return {own, CREDIT_NOTE + own, OFFLINE + own}
