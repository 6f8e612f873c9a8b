"""What the platform's operators do about organizations and shards, without seeing a shop's books.

An operator acts on many organizations and is a member of none, so the journal of each names them as what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.errors import Forbidden
from pantrypal.core.models import Organization, Plan, Shard, User
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody of the platform, as the journal puts a change down to them. Raises Forbidden for anybody else."""

    user: User
    kind: str = "operator"

    def __post_init__(self) -> None:
        if not (self.user.is_active and self.user.is_staff):
            raise Forbidden(_("This is for the operators of the platform."))

    @property
    def ident(self) -> str:
        return str(self.user.pk)

    @property
    def label(self) -> str:
        return str(self.user)


@transaction.atomic
def suspend(*, org: Organization, operator: Operator, at: datetime) -> None:
    """Nobody of it gets in, by page, key or task, until it is resumed; nothing of it is lost."""
    with org_scope(org.pk):
        AuditEntry.record("organization.suspended", org, actor=operator, at=at)
        OutboxEvent.emit("organization.suspended", organization=org.slug)
    _set_state(org, "suspended")


@transaction.atomic
def resume(*, org: Organization, operator: Operator, at: datetime) -> None:
    _set_state(org, "active")
    with org_scope(org.pk):
        AuditEntry.record("organization.resumed", org, actor=operator, at=at)
        OutboxEvent.emit("organization.resumed", organization=org.slug)


@transaction.atomic
def change_subscription(*, org: Organization, plan: Plan, status: str, operator: Operator, at: datetime) -> None:
    """What is there beyond a smaller plan's limits stays; nothing can be added to it."""
    with org_scope(None):
        org = Organization.objects.select_for_update(of=("self",)).select_related("plan").get(pk=org.pk)
        old = {"plan": org.plan.code, "status": org.status}
        org.plan, org.status = plan, status
        org.save(update_fields=["plan", "status"])
    caching.forget(caching.org(org.pk))
    with org_scope(org.pk):
        new = {"plan": plan.code, "status": status}
        AuditEntry.record("organization.subscription_changed", org, actor=operator, at=at, old=old, new=new)
        OutboxEvent.emit("organization.subscription_changed", plan=plan.code, status=status)


def open_for_sign_up(*, shard: Shard, is_open: bool, operator: Operator) -> None:
    """Whether new organizations may be put there. Those that are there stay."""
    with org_scope(None), connection.cursor() as cursor:
        cursor.execute("SELECT pantry_open_shard(%s, %s)", [shard.pk, is_open])


def _set_state(org: Organization, state: str) -> None:
    with org_scope(None), connection.cursor() as cursor:
        cursor.execute("SELECT pantry_set_org_state(%s, %s)", [org.pk, state])
