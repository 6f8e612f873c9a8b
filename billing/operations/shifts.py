"""Opening and closing a shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing import chain
from billing.models import Register, Shift, ZReport
from billing.refusals import ShiftNotOpen
from billing.reports.shifts import ShiftFigures, grand_total, last_z, shift_figures
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
    shift = Shift(
        store_id=store.pk,
        register=register,
        business_date=store.business_date(at),
        opened_at=at,
        opened_by=actor.label,
        opening_float=amount_of_cash(opening_float, "opening_float", store.org.places),
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
def close_shift(
    *,
    shift: Shift,
    counted_cash: Decimal,
    denominations: Mapping[str, int] | None = None,
    actor: Actor,
    at: datetime,
) -> Shift:
    """Count first, then see: the expected cash is read only now, from the running books, into the Z report.

    Waits for sales in flight (they hold a share of the shift's row); a sale that comes later is refused.
    `denominations` (how many of each note and coin) must add up to the counted cash. Raises ShiftNotOpen, Invalid.
    """
    require(actor, Permission.SELL, shift.store_id)
    shift = Shift.objects.select_for_update(of=("self",)).select_related("register").get(pk=shift.pk)
    if not shift.is_open:
        raise ShiftNotOpen(_("This shift is closed already."))
    _require_adds_up(counted_cash, denominations or {})
    figures = shift_figures(shift)
    shift.closed_at, shift.closed_by, shift.counted_cash = at, actor.label, counted_cash
    shift.expected_cash = figures.expected_cash
    shift.save(update_fields=["closed_at", "closed_by", "counted_cash", "expected_cash"])
    _make_z_report(shift, figures, denominations or {}, at)
    cash = {"counted_cash": counted_cash, "expected_cash": shift.expected_cash}
    AuditEntry.record("shift.closed", shift, actor=actor, at=at, **cash)
    OutboxEvent.emit("shift.closed", shift=str(shift.pk), variance=counted_cash - shift.expected_cash, **cash)
    return shift


def amount_of_cash(amount: Decimal, field: str, places: int) -> Decimal:
    """The amount in the currency's places. Raises Invalid below zero, or for a fraction of a paisa."""
    exact = round_money(amount, places) if amount.is_finite() else None
    if exact is None or exact != amount or exact < 0:
        sentence = _("Give an amount that is not below zero, in whole coins.")
        raise Invalid(f"{field}: {sentence}", {field: [sentence]})
    return exact


def _require_adds_up(counted_cash: Decimal, denominations: Mapping[str, int]) -> None:
    amount_of_cash(counted_cash, "counted_cash", 4)
    counted = sum((Decimal(value) * count for value, count in denominations.items()), ZERO)
    if denominations and counted != counted_cash:
        sentence = _("The notes and coins add up to %(sum)s, not to %(cash)s.") % {"sum": counted, "cash": counted_cash}
        raise Invalid(sentence, {"denominations": [sentence]})


def _make_z_report(shift: Shift, figures: ShiftFigures, denominations: Mapping[str, int], at: datetime) -> None:
    """Numbered under the lock of the register's shift: a register has one open shift, so one closing at a time."""
    before = last_z(shift)
    report = ZReport(
        register=shift.register,
        shift=shift,
        number=before.number + 1 if before else 1,
        closed_at=at,
        figures=_as_json(figures, shift, denominations),
        period_total=figures.net,
        grand_total=grand_total(shift),
        previous_hash=before.hash if before else "",
    )
    report.hash = chain.z_report_hash(report)
    report.save()


def _as_json(figures: ShiftFigures, shift: Shift, denominations: Mapping[str, int]) -> dict[str, Any]:
    return chain.as_json(
        asdict(figures)
        | {
            "expected_cash": figures.expected_cash,
            "counted_cash": shift.counted_cash,
            "variance": (shift.counted_cash or ZERO) - figures.expected_cash,
            "denominations": dict(denominations),
        }
    )
