"""Ways into an organization: sent, sent again, withdrawn, accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import Permission, Role
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Forbidden, Invalid
from pantrypal.core.models import Invitation, Membership, Store, User
from pantrypal.core.operations.people import require_room
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope

INVITATION_LASTS = timedelta(days=7)


class InvitationOver(DomainError):
    """Used already, withdrawn, or older than its seven days."""

    code = "invitation_over"
    status = 409


@transaction.atomic
def invite(*, email: str, role: Role, stores: Iterable[Store] | None = None, actor: Actor, at: datetime) -> Invitation:
    """The link goes out by e-mail, and to nobody else. Raises Invalid for a member, PlanLimitReached."""
    require(actor, Permission.PEOPLE_EDIT)
    if actor.user_id is None:
        raise Forbidden(_("Only a person can invite people."))
    require_room(actor.org_id, role)
    email = email.strip().lower()
    if Membership.objects.filter(org=actor.org_id, user__email=email, is_active=True).exists():
        sentence = _("This person is already a member.")
        raise Invalid(sentence, {"email": [sentence]})
    invitation = Invitation.objects.create(
        org_id=actor.org_id, email=email, role=role, expires_at=at + INVITATION_LASTS, invited_by_id=actor.user_id
    )
    invitation.stores.set(stores or [])
    AuditEntry.record("member.invited", invitation, actor=actor, at=at, role=role)
    OutboxEvent.emit("member.invited", invitation=invitation.pk)
    return invitation


@transaction.atomic
def invite_again(*, invitation: Invitation, actor: Actor, at: datetime) -> None:
    """The same link in another mail, good for another seven days. Raises InvitationOver where it was accepted."""
    require(actor, Permission.PEOPLE_EDIT)
    invitation = _not_accepted(invitation, actor)
    invitation.expires_at = at + INVITATION_LASTS
    invitation.save(update_fields=["expires_at"])
    AuditEntry.record("member.invited_again", invitation, actor=actor, at=at)
    OutboxEvent.emit("member.invited", invitation=invitation.pk)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> None:
    """Its link leads nowhere from now on. Raises InvitationOver where it was accepted."""
    require(actor, Permission.PEOPLE_EDIT)
    invitation = _not_accepted(invitation, actor)
    invitation.expires_at = min(invitation.expires_at, at)
    invitation.save(update_fields=["expires_at"])
    AuditEntry.record("member.invitation_withdrawn", invitation, actor=actor, at=at)


@transaction.atomic
def accept_invitation(*, token: str, user: User, at: datetime) -> Membership:
    """Raises InvitationOver. Runs outside any organization: the token is the permission."""
    invitation = open_invitation(token, at, lock=True)
    if invitation.email != user.email.lower():
        raise InvitationOver(_("This invitation is for another e-mail address."))
    store_ids = Invitation.stores.through._default_manager.filter(invitation=invitation.pk)
    chosen = list(store_ids.values_list("store_id", flat=True))
    member, _made = Membership.objects.update_or_create(
        org=invitation.org,
        user=user,
        defaults={"role": invitation.role, "all_stores": not chosen, "is_active": True},
    )
    links = Membership.stores.through._default_manager
    links.filter(membership=member.pk).delete()
    links.bulk_create(links.model(membership_id=member.pk, store_id=store_id) for store_id in chosen)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    with org_scope(member.org.pk):
        AuditEntry.record("member.joined", member, actor=member.actor(), at=at, role=member.role)
    caching.forget(caching.org(member.org.pk))
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


def _not_accepted(invitation: Invitation, actor: Actor) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk, org=actor.org_id)
    if found.accepted_at is not None:
        raise InvitationOver(_("%s has accepted this invitation already.") % found.email)
    return found
