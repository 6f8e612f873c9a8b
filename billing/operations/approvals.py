"""A manager's yes, by their own sign-in or by their PIN on a paired register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Approval, ApprovalKind, Register
from billing.refusals import ApprovalRequired
from pantrypal.core.access import Permission, Role
from pantrypal.core.actor import Actor
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent

VALID_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Question:
    """What a manager is asked: may this be done, to this cart, bill or return, up to this amount?"""

    kind: ApprovalKind
    subject: UUID
    store: Store
    reason: str
    amount: Decimal | None = None
    reason_code: str = ""


@transaction.atomic
def give_approval(
    question: Question, *, asked_by: Actor, approver: Actor, at: datetime, register: Register | None = None
) -> Approval:
    """Kept for good, and good for its subject and a quarter of an hour. Raises Forbidden, Invalid."""
    if not approver.may(Permission.APPROVE, question.store.pk):
        raise Forbidden(_("This needs a manager of the store."))
    if not question.reason.strip():
        raise Invalid(_("Please give the reason."), {"reason": [_("Please give the reason.")]})
    approval = Approval.objects.create(
        kind=question.kind,
        store_id=question.store.pk,
        register=register,
        asked_by=asked_by.label,
        approved_by=approver.label,
        approved_by_id=approver.ident,
        approver_role=approver.role or "",
        reason=question.reason.strip()[:200],
        reason_code=question.reason_code,
        amount=question.amount,
        subject_id=question.subject,
        at=at,
    )
    figures = {"kind": question.kind, "amount": question.amount, "given_for": question.subject}
    AuditEntry.record("approval.given", approval, actor=approver, at=at, **figures)
    OutboxEvent.emit("approval.given", approval=str(approval.pk), kind=question.kind, reason=approval.reason)
    return approval


def require_approval(
    question: Question, *named: UUID | None, actor: Actor, at: datetime, roles: frozenset[Role] | None = None
) -> Approval:
    """The approval this needs: the actor's own yes if they may give it, else one of those named.

    `roles`: only somebody in one of these may give it. Raises ApprovalRequired.
    """
    if actor.may(Permission.APPROVE, question.store.pk) and (roles is None or actor.role in roles):
        return give_approval(question, asked_by=actor, approver=actor, at=at)
    given = None
    if ids := [pk for pk in named if pk is not None]:
        wanted = {"pk__in": ids, "kind": question.kind, "subject_id": question.subject}
        given = Approval.objects.filter(**wanted, at__gt=at - VALID_FOR).order_by("-at", "-id").first()
    if given is None or not _covers(given, question.amount) or (roles and given.approver_role not in roles):
        raise ApprovalRequired(
            _("%s: please ask a manager.") % question.kind.label,
            kind=str(question.kind),
            subject=str(question.subject),
            amount="" if question.amount is None else format(question.amount, "f"),
        )
    return given


def _covers(given: Approval, amount: Decimal | None) -> bool:
    return amount is None or (given.amount is not None and amount <= given.amount)
