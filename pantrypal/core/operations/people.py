"""Members of an organization: invite, join, change, leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import Permission, Role
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Invitation, Membership, Organization, Store, User
from pantrypal.core.operations.organizations import PlanLimitReached
from pantrypal.journal.models import AuditEntry, OutboxEvent

INVITATION_LASTS = timedelta(days=7)
MANAGERS = (Role.STORE_MANAGER, Role.INVENTORY_MANAGER)


class LastOwner(DomainError):
    """An organization always keeps one active owner."""

    code = "last_owner"


class InvitationOver(DomainError):
    """Used already, or older than its seven days."""

    code = "invitation_over"
    status = 409


@transaction.atomic
def add_member(
    *, user: User, role: Role, stores: Iterable[Store] | None = None, actor: Actor, at: datetime
) -> Membership:
    """Put an existing person into the organization; `stores` None means all of them."""
    require(actor, Permission.PEOPLE_EDIT)
    _require_room(actor.org_id, role)
    if Membership.objects.filter(org=actor.org_id, user=user).exists():
        raise Invalid(_("This person is already a member."), {"email": [_("This person is already a member.")]})
    member = Membership.objects.create(org_id=actor.org_id, user=user, role=role, all_stores=stores is None)
    member.stores.set(stores or [])
    AuditEntry.record("member.added", member, actor=actor, at=at, role=role)
    OutboxEvent.emit("member.added", user=user.pk, role=role)
    return member


@transaction.atomic
def invite(*, email: str, role: Role, stores: Iterable[Store] | None = None, actor: Actor, at: datetime) -> Invitation:
    """The link goes out by e-mail, and to nobody else."""
    require(actor, Permission.PEOPLE_EDIT)
    _require_room(actor.org_id, role)
    assert actor.user_id is not None  # keys and the system invite nobody
    invitation = Invitation.objects.create(
        org_id=actor.org_id,
        email=email.strip().lower(),
        role=role,
        expires_at=at + INVITATION_LASTS,
        invited_by_id=actor.user_id,
    )
    invitation.stores.set(stores or [])
    AuditEntry.record("member.invited", invitation, actor=actor, at=at, role=role)
    OutboxEvent.emit("member.invited", invitation=invitation.pk)
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, user: User, at: datetime) -> Membership:
    """Raises InvitationOver. Runs outside any organization: the token is the permission."""
    invitation = open_invitation(token, at, lock=True)
    if invitation.email != user.email.lower():
        raise InvitationOver(_("This invitation is for another e-mail address."))
    store_ids = Invitation.stores.through._default_manager.filter(invitation=invitation.pk)
    chosen = list(store_ids.values_list("store_id", flat=True))
    member, _made = Membership.objects.update_or_create(
        org_id=invitation.org_id,
        user=user,
        defaults={"role": invitation.role, "all_stores": not chosen, "is_active": True},
    )
    links = Membership.stores.through._default_manager
    links.filter(membership=member.pk).delete()
    links.bulk_create(links.model(membership_id=member.pk, store_id=store_id) for store_id in chosen)
    caching.forget(caching.org(member.org.pk))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return member


def open_invitation(token: str, at: datetime, *, lock: bool = False) -> Invitation:
    """What a link invites to. Raises InvitationOver."""
    invitations = Invitation.objects.select_related("org", "invited_by")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(pk=Invitation.id_in(token) or 0).first()
    if invitation is None or not invitation.is_open(at):
        raise InvitationOver(_("This invitation has been used or is too old. Please ask for a new one."))
    return invitation


@transaction.atomic
def change_member(
    *, member: Membership, role: Role, is_active: bool, stores: Iterable[Store] | None, actor: Actor, at: datetime
) -> Membership:
    """Raises LastOwner when nobody would be left who may do everything."""
    require(actor, Permission.PEOPLE_EDIT)
    Organization.objects.select_for_update().get(pk=actor.org_id)
    member = Membership.objects.select_related("user").get(pk=member.pk, org=actor.org_id)
    old = {"role": member.role, "is_active": member.is_active}
    if member.role != role:
        _require_room(actor.org_id, role)
    member.role, member.is_active, member.all_stores = role, is_active, stores is None
    member.save()
    member.stores.set(stores or [])
    owners = Membership.objects.filter(org=actor.org_id, role=Role.OWNER, is_active=True)
    if not owners.exists():
        raise LastOwner(_("An organization needs at least one active owner."))
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("member.changed", member, actor=actor, at=at, old=old, role=role, is_active=is_active)
    return member


def choose_language(*, user: User, language: str) -> None:
    """The language of this person's pages, in every organization."""
    user.language = language
    user.save(update_fields=["language"])


def _require_room(org_id: int, role: Role) -> None:
    org = Organization.objects.select_for_update(of=("self",)).select_related("plan").get(pk=org_id)
    limit = None
    if role == Role.OWNER:
        limit = org.plan.max_owners
    elif role in MANAGERS:
        limit = org.plan.max_managers
    taken = Membership.objects.filter(org=org, role=role, is_active=True).count()
    if limit is not None and taken >= limit:
        raise PlanLimitReached(_("Your plan allows no more people in this role."), limit=limit)
