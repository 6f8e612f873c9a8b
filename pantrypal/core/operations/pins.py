"""The PIN with which a member shows at a till who they are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Membership, Organization
from pantrypal.journal.models import AuditEntry

SHORTEST, LONGEST = 4, 8


def pin_hash(org_id: int, pin: str) -> str:
    """Keyed with the installation's secret: the few possible PINs cannot be tried out on a stolen table, however fast
    the hash, and two equal PINs of a store are seen as such."""
    return salted_hmac("core.pin", f"{org_id}:{pin}", algorithm="sha256").hexdigest()


@transaction.atomic
def set_pin(*, member: Membership, pin: str, actor: Actor, at: datetime) -> None:
    """Four to eight figures, unique among those who work in the same store. Raises Invalid."""
    if actor.user_id != member.user_id:
        require(actor, Permission.PEOPLE_EDIT)
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise _invalid(_("A PIN has four to eight figures."))
    if len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
        raise _invalid(_("This PIN is too easy to guess. Please choose another one."))
    org = Organization.objects.select_for_update().get(pk=actor.org_id)  # two at once see each other
    hashed = pin_hash(org.pk, pin)
    twins = Membership.objects.filter(org=org, pin_hash=hashed, is_active=True).exclude(pk=member.pk)
    if any(_share_a_store(member, twin) for twin in twins):
        raise _invalid(_("Please choose another PIN: somebody in this store has this one."))
    member.pin_hash = hashed
    member.save(update_fields=["pin_hash"])
    caching.forget(caching.org(org.pk))
    AuditEntry.record("member.pin_set", member, actor=actor, at=at)


def _share_a_store(one: Membership, other: Membership) -> bool:
    stores, others = one.actor().stores, other.actor().stores
    return stores is None or others is None or bool(stores & others)


def _invalid(sentence: str) -> Invalid:
    return Invalid(sentence, {"pin": [sentence]})
