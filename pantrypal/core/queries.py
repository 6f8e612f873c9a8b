"""Stores and memberships as the rest of the house finds them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from pantrypal.core.errors import NotFound
from pantrypal.core.models import Membership, Store, User


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def find_store(ref: str) -> Store:
    """By code or id, with its organization. Raises NotFound, also for a store of somebody else."""
    stores = Store.objects.select_related("org")
    pk = as_uuid(ref)
    store = (stores.filter(pk=pk) if pk else stores.filter(code=ref)).first()
    if store is None:
        raise NotFound(_("There is no store “%s”.") % ref, field="store")
    return store


def store_codes() -> dict[UUID, str]:
    """The code of every store, for rows that know only its id."""
    return dict(Store.objects.values_list("pk", "code"))


def memberships_of(user: User) -> list[Membership]:
    """The organizations a person may enter, by name."""
    active = Membership.objects.filter(user=user, is_active=True)
    return list(active.select_related("org__plan", "user").order_by("org__name"))
