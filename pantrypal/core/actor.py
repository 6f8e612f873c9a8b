"""On whose behalf an operation runs, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from pantrypal.core.access import Permission, Role
from pantrypal.core.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API key or the system, within one organization.

    `stores` holds the ids of the stores covered; None means all of them.
    """

    kind: str  # "user", "key", "system"
    ident: str
    label: str
    org_id: int
    permissions: frozenset[Permission] = field(repr=False)
    stores: frozenset[UUID] | None = None
    user_id: int | None = None
    role: Role | None = None

    @classmethod
    def system(cls, org_id: int) -> Actor:
        """The house itself: imports that were started by somebody, nightly work, the demo."""
        return cls("system", "", "PantryPal", org_id, frozenset(Permission))

    def may(self, permission: Permission, store_id: UUID | None = None) -> bool:
        covered = store_id is None or self.stores is None or store_id in self.stores
        return permission in self.permissions and covered


def require(actor: Actor, permission: Permission, store_id: UUID | None = None) -> None:
    """First line of every operation. Raises Forbidden."""
    if permission not in actor.permissions:
        raise Forbidden(_("Your role does not allow this. Please ask a manager."), permission=str(permission))
    if not actor.may(permission, store_id):
        raise Forbidden(_("You do not work in this store."), permission=str(permission))
