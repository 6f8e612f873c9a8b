"""Stores and memberships as the rest of the house finds them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.actor import Actor
from pantrypal.core.caching import Remembered
from pantrypal.core.errors import NotFound
from pantrypal.core.models import Membership, Store, User
from pantrypal.tenancy.context import require_org_id

_stores: Remembered[tuple[Store, ...]] = Remembered("stores", "an organization's stores, for reading")


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def find_store(ref: str) -> Store:
    """By code or id, with its organization, for reading. Raises NotFound, also for a store of somebody else."""
    pk = as_uuid(ref)
    for store in all_stores():
        if store.pk == pk or store.code == ref:
            return store
    raise NotFound(_("There is no store “%s”.") % ref, field="store")


def all_stores() -> tuple[Store, ...]:
    """Every store of the organization by code, archived ones too, each with its organization; for reading."""
    org_id = require_org_id()

    def load() -> tuple[str, tuple[Store, ...]]:
        return caching.org(org_id), tuple(Store.objects.select_related("org").order_by("code"))

    return _stores.get(org_id, load) or ()


def store_codes() -> dict[UUID, str]:
    """The code of every store, for rows that know only its id."""
    return {store.pk: store.code for store in all_stores()}


def members_of_store(store_id: UUID) -> list[Membership]:
    """Who works in a store and has a PIN, by name."""
    members = Membership.objects.filter(org=require_org_id(), is_active=True).exclude(pin_hash="")
    covering = members.select_related("org", "user").order_by("user__name", "pk")
    return [member for member in covering if (stores := member.actor().stores) is None or store_id in stores]


def memberships_of(user: User) -> list[Membership]:
    """The organizations a person may enter, by name."""
    active = Membership.objects.filter(user=user, is_active=True)
    return list(active.select_related("org__plan", "user").order_by("org__name"))


def address_of(actor: Actor) -> str:
    """Where an answer to a person's letter goes; nothing for keys and the house itself."""
    if actor.user_id is None:
        return ""
    return User.objects.values_list("email", flat=True).get(pk=actor.user_id)
