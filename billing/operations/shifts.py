"""Opening and closing a shift."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.models import Register, Shift, ShiftTally
from billing.refusals import ShiftNotOpen
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.journal.models import AuditEntry, OutboxEvent


class ShiftAlreadyOpen(DomainError):
    """A register has one drawer, so it has one open shift."""

    code = "shift_already_open"
    status = 409


@transaction.atomic
def open_shift(*, register: Register, store: Store, opening_float: Decimal, actor: Actor, at: datetime) -> Shift:
    """Raises ShiftAlreadyOpen."""
    require(actor, Permission.SELL, store.pk)
    if opening_float < 0:
        raise Invalid(_("The opening float cannot be below zero."), {"opening_float": [_("Not below zero.")]})
    shift = Shift(
        store_id=store.pk,
        register=register,
        business_date=store.business_date(at),
        opened_at=at,
        opened_by=actor.label,
        opening_float=round_money(opening_float, store.org.places),
    )
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError:
        raise ShiftAlreadyOpen(_("The shift of this register is open already.")) from None
    AuditEntry.record("shift.opened", shift, actor=actor, at=at, opening_float=shift.opening_float)
    OutboxEvent.emit("shift.opened", shift=str(shift.pk), register=str(register.pk))
    return shift


@transaction.atomic
def close_shift(*, shift: Shift, counted_cash: Decimal, actor: Actor, at: datetime) -> Shift:
    """Count first, then see: the expected cash is worked out only now, from the running books.

    Waits for sales in flight (they hold a share of the shift's row); a sale that comes later is refused.
    Raises ShiftNotOpen.
    """
    require(actor, Permission.SELL, shift.store_id)
    shift = Shift.objects.select_for_update().get(pk=shift.pk)
    if not shift.is_open:
        raise ShiftNotOpen(_("This shift is closed already."))
    if counted_cash < 0:
        raise Invalid(_("Counted cash cannot be below zero."), {"counted_cash": [_("Not below zero.")]})
    cash = ShiftTally.objects.filter(shift=shift, kind="payment", name="cash").first()
    shift.closed_at, shift.closed_by, shift.counted_cash = at, actor.label, counted_cash
    shift.expected_cash = shift.opening_float + (cash.amount if cash else ZERO)
    shift.save(update_fields=["closed_at", "closed_by", "counted_cash", "expected_cash"])
    figures = {"counted_cash": counted_cash, "expected_cash": shift.expected_cash}
    AuditEntry.record("shift.closed", shift, actor=actor, at=at, **figures)
    OutboxEvent.emit("shift.closed", shift=str(shift.pk), **figures)
    return shift
