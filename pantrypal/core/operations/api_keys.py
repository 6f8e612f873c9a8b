"""Keys of integrators: made, shown once, revoked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core import caching
from pantrypal.core.access import SCOPES, Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.models import ApiKey, Store
from pantrypal.core.models.api_key import hash_of
from pantrypal.journal.models import AuditEntry


@transaction.atomic
def create_api_key(
    *,
    name: str,
    scopes: list[str],
    stores: Iterable[Store] | None = None,
    expires_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> tuple[ApiKey, str]:
    """The key's row and the key itself, which is never to be seen again."""
    require(actor, Permission.KEYS_EDIT)
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes:
        raise Invalid(_("Unknown scope."), {"scopes": [_("Choose one or more of: %s.") % ", ".join(SCOPES)]})
    secret = ApiKey.new_secret()
    key = ApiKey.objects.create(
        org_id=actor.org_id,
        name=name,
        prefix=secret[:12],
        key_hash=hash_of(secret),
        scopes=scopes,
        all_stores=stores is None,
        expires_at=expires_at,
    )
    key.stores.set(stores or [])
    AuditEntry.record("api_key.created", key, actor=actor, at=at, scopes=scopes)
    return key, secret


@transaction.atomic
def revoke_api_key(*, key: ApiKey, actor: Actor, at: datetime) -> None:
    require(actor, Permission.KEYS_EDIT)
    key.revoked_at = key.revoked_at or at
    key.save(update_fields=["revoked_at"])
    caching.forget(caching.org(actor.org_id))
    AuditEntry.record("api_key.revoked", key, actor=actor, at=at)
