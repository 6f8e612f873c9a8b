"""Pairing: a manager makes one device the register's own. Only there are PINs taken and off-line bills written."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Register, RegisterDevice, WrongPins
from billing.models.device import hash_of
from billing.refusals import NotPaired
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError
from pantrypal.journal.models import AuditEntry, OutboxEvent


class AlreadyPaired(DomainError):
    """Another device is the register's; `data["device"]` names it."""

    code = "already_paired"
    status = 409


@transaction.atomic
def pair_device(*, register: Register, name: str, actor: Actor, at: datetime) -> tuple[RegisterDevice, str]:
    """The device's row, and its token: for its cookie (billing.http), never to be seen again. Raises AlreadyPaired."""
    require(actor, Permission.REGISTERS_EDIT, register.store_id)
    Register.objects.select_for_update().get(pk=register.pk)
    if other := RegisterDevice.objects.filter(register=register, revoked_at=None).first():
        raise AlreadyPaired(
            _("“%(device)s” is paired with this register. Please unpair it first.") % {"device": other},
            device=other.name,
        )
    token = secrets.token_urlsafe(32)
    device = RegisterDevice.objects.create(
        register=register,
        token_hash=hash_of(token),
        name=name.strip()[:80] or _("Till"),
        paired_by=actor.label,
        paired_at=at,
    )
    AuditEntry.record("register.paired", register, actor=actor, at=at, device=device.name)
    OutboxEvent.emit("register.paired", register=str(register.pk), device=str(device.pk))
    return device, token


@transaction.atomic
def unpair(*, device: RegisterDevice, actor: Actor, at: datetime) -> None:
    """The device's token is worth nothing from now on. Raises NotPaired where it has been unpaired already."""
    require(actor, Permission.REGISTERS_EDIT, device.register.store_id)
    revoke(device, reason="", actor=actor, at=at)


def revoke(device: RegisterDevice, *, reason: str, actor: Actor, at: datetime) -> None:
    """Raises NotPaired."""
    if not RegisterDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at):
        raise NotPaired(_("This device is not paired with a register any more."))
    AuditEntry.record("register.unpaired", device.register, actor=actor, at=at, device=device.name, reason=reason)
    OutboxEvent.emit("register.unpaired", register=str(device.register_id), device=str(device.pk), reason=reason)


@transaction.atomic
def unlock_pins(*, device: RegisterDevice, actor: Actor, at: datetime) -> None:
    """A manager who has signed in lets people try their PINs again."""
    require(actor, Permission.REGISTERS_EDIT, device.register.store_id)
    WrongPins.objects.filter(device=device).update(count=0, since=at, locked_until=None)
    AuditEntry.record("pin.unlocked", device.register, actor=actor, at=at, device=device.name)
