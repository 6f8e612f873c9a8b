"""Who stands at the door: a key or a person with the organization they enter, remembered between requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend

from pantrypal.core import caching
from pantrypal.core.actor import Actor
from pantrypal.core.caching import Remembered
from pantrypal.core.models import ApiKey, Membership, Organization, User
from pantrypal.core.models.api_key import hash_of
from pantrypal.core.queries import memberships_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What a request learns at the door. `memberships` are all of a person's; a key has none."""

    org: Organization
    actor: Actor
    memberships: tuple[Membership, ...] = ()


_keys: Remembered[tuple[ApiKey, Entry]] = Remembered("keys", "an API key with its organization, plan and stores")
_people: Remembered[User] = Remembered("people", "the person of a session", longest=0)
_members: Remembered[Entry] = Remembered("members", "a person's place in an organization, with its plan and stores")


def entry_by_key(secret: str, at: datetime) -> Entry | None:
    """None for a key that is unknown, expired or revoked."""
    key_hash = hash_of(secret)

    def load() -> tuple[str, tuple[ApiKey, Entry]] | None:
        key = ApiKey.objects.select_related("org__plan").filter(key_hash=key_hash).first()
        return None if key is None else (caching.org(key.org.pk), (key, Entry(key.org, key.actor())))

    found = _keys.get(key_hash, load)
    return found[1] if found is not None and found[0].is_valid(at) else None


def entry_by_membership(user: User, slug: str) -> Entry | None:
    """None where the person does not belong to the organization."""

    def load() -> tuple[str, Entry] | None:
        memberships = memberships_of(user)
        for membership in memberships:
            if membership.org.slug == slug:
                entry = Entry(membership.org, membership.actor(), tuple(memberships))
                return caching.org(membership.org.pk), entry
        return None

    return _members.get((user.pk, slug), load)


class RememberingBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in; the person of a session is read from the database every few seconds only.

    A changed password or a disabled account ends its sessions within REMEMBER_SECONDS.
    """

    def get_user(self, user_id: int) -> User | None:
        def load() -> tuple[str, User] | None:
            person: User | None = super(RememberingBackend, self).get_user(user_id)
            return None if person is None else (caching.user(person.pk), person)

        return _people.get(user_id, load)
