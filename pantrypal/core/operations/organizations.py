"""Organizations and their stores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import Permission, Role
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Membership, Organization, OrgRoute, Plan, Shard, Store, User
from pantrypal.core.validation import validated
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope


class NoOpenShard(DomainError):
    """The installation has no room; its operator must open a shard."""

    code = "no_open_shard"
    status = 503


class PlanLimitReached(DomainError):
    """The plan of the organization allows no more of these."""

    code = "plan_limit_reached"


def sign_up(
    *, name: str, slug: str, owner: User, at: datetime, shard: Shard | None = None, **values: Any
) -> Organization:
    """A new organization with its first owner, on the given shard or on the emptiest open one."""
    with org_scope(None), transaction.atomic():
        plan = values.pop("plan", None) or Plan.objects.get(code="starter")
        org = Organization(name=name, slug=slug, plan=plan, **values)
        validated(org).save()
        shard = shard or _open_shard()
        OrgRoute.objects.create(org=org, shard=shard, schema_name=shard.schema_name)
        membership = Membership.objects.create(org=org, user=owner, role=Role.OWNER)
    with org_scope(org.pk), transaction.atomic():
        AuditEntry.record("organization.created", org, actor=membership.actor(), at=at)
        OutboxEvent.emit("organization.created", organization=org.slug)
    return org


def _open_shard() -> Shard:
    shard: Shard | None = Shard.objects.filter(open_for_signup=True).order_by("pk").last()
    if shard is None:
        raise NoOpenShard(_("We cannot take new organizations at the moment. Please try again later."))
    return shard


@transaction.atomic
def change_organization(*, org: Organization, changes: dict[str, Any], actor: Actor, at: datetime) -> Organization:
    """Its name, registration, address and tax settings. Posted bills stay as they are. Raises Invalid."""
    require(actor, Permission.ORG_EDIT)
    org = Organization.objects.select_for_update(of=("self",)).select_related("plan").get(pk=actor.org_id)
    before = Organization.objects.get(pk=org.pk)
    for name, value in changes.items():
        setattr(org, name, value)
    org.gstin = org.gstin.strip().upper()
    _require_one_state(org.gstin, org.state_code)
    validated(org).save()
    caching.forget(caching.org(org.pk))
    old, new = differences(before, org)
    AuditEntry.record("organization.changed", org, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("organization.changed", organization=org.slug)
    return org


def _require_one_state(gstin: str, state_code: str) -> None:
    if gstin and state_code and gstin[:2] != state_code:
        sentence = _("The GSTIN belongs to another state.")
        raise Invalid(sentence, {"state_code": [sentence]})


@transaction.atomic
def create_store(*, actor: Actor, at: datetime, **values: Any) -> Store:
    """Raises PlanLimitReached; the organization's row is locked, so two at once cannot slip past."""
    require(actor, Permission.STORES_EDIT)
    org = Organization.objects.select_for_update(of=("self",)).select_related("plan").get(pk=actor.org_id)
    limit = org.plan.max_stores
    if limit is not None and Store.objects.filter(archived_at=None).count() >= limit:
        raise PlanLimitReached(_("Your plan allows %(limit)s store(s).") % {"limit": limit}, limit=limit)
    store = Store(org=org, **values)
    store.state_code = store.state_code or org.state_code
    validated(store).save()
    caching.forget(caching.org(org.pk))
    AuditEntry.record("store.created", store, actor=actor, at=at, code=store.code)
    OutboxEvent.emit("store.created", store=str(store.pk), code=store.code)
    return store


@transaction.atomic
def change_store(*, store: Store, changes: dict[str, Any], actor: Actor, at: datetime) -> Store:
    require(actor, Permission.STORES_EDIT, store.pk)
    store = Store.objects.select_for_update(of=("self",)).select_related("org").get(pk=store.pk)
    old = {name: getattr(store, name) for name in changes}
    for name, value in changes.items():
        setattr(store, name, value)
    validated(store).save()
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("store.changed", store, actor=actor, at=at, old=old, new=changes)
    return store
