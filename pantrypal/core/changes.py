"""What an operation has changed, for the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

# Kept by the database layer itself; nobody changes them.
UNTOLD = frozenset({"id", "org_id", "created_at", "updated_at", "search_text"})


def differences(
    before: models.Model, after: models.Model, fields: Iterable[str] | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new values of the fields that differ, by field name; a related row is given by its name."""
    names = set(fields) if fields is not None else None
    old, new = {}, {}
    for field in after._meta.concrete_fields:
        if field.name in UNTOLD or (names is not None and field.name not in names):
            continue
        if getattr(before, field.attname) != getattr(after, field.attname):
            old[field.name], new[field.name] = _told(before, field), _told(after, field)
    return old, new


def _told(row: models.Model, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.name)
    return str(value) if isinstance(value, models.Model) else value
