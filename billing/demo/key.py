"""The API key of the demo chain. Only its hash is in the database, so the key itself is kept in a file."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.db import transaction

from pantrypal.core.access import SCOPES
from pantrypal.core.actor import Actor
from pantrypal.core.models import ApiKey, Organization
from pantrypal.core.models.api_key import hash_of
from pantrypal.core.operations.api_keys import create_api_key, revoke_api_key
from pantrypal.tenancy.context import org_scope

NAME = "Demo key"


def demo_key(slug: str, kept_in: Path, *, at: datetime) -> str:
    """The key in the file, if it still opens the organization; else a new one, and the old one is revoked."""
    org = Organization.objects.get(slug=slug)
    with org_scope(org.pk), transaction.atomic():
        keys = ApiKey.objects.filter(org=org, name=NAME, revoked_at=None)
        kept = kept_in.read_text() if kept_in.exists() else ""
        if kept and keys.filter(key_hash=hash_of(kept)).exists():
            return kept
        actor = Actor.system(org.pk)
        for key in keys:
            revoke_api_key(key=key, actor=actor, at=at)
        _key, secret = create_api_key(name=NAME, scopes=sorted(SCOPES), actor=actor, at=at)
    _write(kept_in, secret)
    return secret


def _write(path: Path, secret: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
