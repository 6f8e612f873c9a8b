"""Members of an organization: put in, changed, taken out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import Permission, Role
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Membership, Organization, Store, User
from pantrypal.core.operations.organizations import PlanLimitReached
from pantrypal.journal.models import AuditEntry, OutboxEvent

MANAGERS = (Role.STORE_MANAGER, Role.INVENTORY_MANAGER)


class LastOwner(DomainError):
    """An organization always keeps one active owner."""

    code = "last_owner"


@transaction.atomic
def add_member(
    *, user: User, role: Role, stores: Iterable[Store] | None = None, actor: Actor, at: datetime
) -> Membership:
    """Put an existing person into the organization; `stores` None means all of them."""
    require(actor, Permission.PEOPLE_EDIT)
    require_room(actor.org_id, role)
    if Membership.objects.filter(org=actor.org_id, user=user).exists():
        raise Invalid(_("This person is already a member."), {"email": [_("This person is already a member.")]})
    member = Membership.objects.create(org_id=actor.org_id, user=user, role=role, all_stores=stores is None)
    member.stores.set(stores or [])
    AuditEntry.record("member.added", member, actor=actor, at=at, role=role)
    OutboxEvent.emit("member.added", user=user.pk, role=role)
    return member


@transaction.atomic
def change_member(
    *, member: Membership, role: Role, is_active: bool, stores: Iterable[Store] | None, actor: Actor, at: datetime
) -> Membership:
    """Raises LastOwner when nobody would be left who may do everything."""
    require(actor, Permission.PEOPLE_EDIT)
    Organization.objects.select_for_update().get(pk=actor.org_id)
    member = Membership.objects.select_related("user").get(pk=member.pk, org=actor.org_id)
    old = {"role": member.role, "is_active": member.is_active, "stores": _told(member)}
    if member.role != role or (is_active and not member.is_active):
        require_room(actor.org_id, role)
    member.role, member.is_active, member.all_stores = role, is_active, stores is None
    member.save()
    member.stores.set(stores or [])
    owners = Membership.objects.filter(org=actor.org_id, role=Role.OWNER, is_active=True)
    if not owners.exists():
        raise LastOwner(_("An organization needs at least one active owner."))
    caching.forget(caching.org(actor.org_id))
    new = {"role": role, "is_active": is_active, "stores": _told(member)}
    AuditEntry.record("member.changed", member, actor=actor, at=at, old=old, new=new)
    return member


def _told(member: Membership) -> str:
    return "*" if member.all_stores else ", ".join(sorted(store.code for store in member.stores.all()))


def choose_language(*, user: User, language: str) -> None:
    """The language of this person's pages, in every organization."""
    user.language = language
    user.save(update_fields=["language"])


def require_room(org_id: int, role: Role) -> None:
    """Raises PlanLimitReached; the organization's row is locked, so two at once cannot slip past."""
    org = Organization.objects.select_for_update(of=("self",)).select_related("plan").get(pk=org_id)
    limit = None
    if role == Role.OWNER:
        limit = org.plan.max_owners
    elif role in MANAGERS:
        limit = org.plan.max_managers
    taken = Membership.objects.filter(org=org, role=role, is_active=True).count()
    if limit is not None and taken >= limit:
        raise PlanLimitReached(_("Your plan allows no more people in this role."), limit=limit)
