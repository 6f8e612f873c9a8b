"""Cash into and out of the drawer without a sale."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import ApprovalKind, CashMovement, Shift
from billing.operations.approvals import Question, require_approval
from billing.operations.shifts import amount_of_cash
from billing.refusals import ShiftNotOpen
from billing.reports.shifts import shift_figures
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import require_org_id

Kind = CashMovement.Kind


class NotInTheDrawer(DomainError):
    """More is to be taken out than lies in the drawer by the books."""

    code = "not_in_the_drawer"
    status = 409


@transaction.atomic
def move_cash(
    *, shift: Shift, store: Store, kind: Kind, amount: Decimal, reason: str, actor: Actor, at: datetime
) -> CashMovement:
    """Raises ShiftNotOpen, NotInTheDrawer, Invalid."""
    require(actor, Permission.SELL, store.pk)
    shift = _locked(shift)
    amount = amount_of_cash(amount, "amount", store.org.places)
    if not amount or not reason.strip():
        sentence = _("Please give an amount and the reason.")
        raise Invalid(sentence, {"amount": [sentence]})
    if kind != Kind.CASH_IN and amount > shift_figures(shift).expected_cash:
        raise NotInTheDrawer(_("There is less than %s in the drawer.") % amount)
    return _record(shift, kind, amount, reason, actor, at)


@transaction.atomic
def open_drawer(
    *, shift: Shift, store: Store, reason: str, approval: UUID | None, actor: Actor, at: datetime
) -> CashMovement:
    """Open the drawer without a sale: counted, and only with a manager's approval. Raises ApprovalRequired."""
    require(actor, Permission.SELL, store.pk)
    shift = _locked(shift)
    question = Question(ApprovalKind.DRAWER_OPEN, shift.pk, store, reason)
    require_approval(question, approval, actor=actor, at=at)
    return _record(shift, Kind.NO_SALE, ZERO, reason, actor, at)


def _locked(shift: Shift) -> Shift:
    """Shared, as a sale takes it: closing waits for us. Raises ShiftNotOpen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM billing_shift WHERE id = %s AND closed_at IS NULL FOR SHARE", [shift.pk])
        if cursor.fetchone() is None:
            raise ShiftNotOpen(_("No shift is open on this register. Please open one first."))
    return shift


def _record(shift: Shift, kind: Kind, amount: Decimal, reason: str, actor: Actor, at: datetime) -> CashMovement:
    movement = CashMovement.objects.create(
        shift=shift, kind=kind, amount=amount, reason=reason.strip()[:200], actor=actor.label, at=at
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO billing_shifttally AS t (id, org_id, shift_id, kind, name, amount, count)
            VALUES (public.pantry_uuid7(), %s, %s, 'cash', %s, %s, 1)
            ON CONFLICT (org_id, shift_id, kind, name)
            DO UPDATE SET amount = t.amount + excluded.amount, count = t.count + 1
            """,
            [require_org_id(), shift.pk, kind, amount],
        )
    AuditEntry.record(f"cash.{kind}", movement, actor=actor, at=at, amount=amount, reason=reason)
    OutboxEvent.emit("cash.moved", shift=str(shift.pk), kind=kind, amount=amount)
    return movement
