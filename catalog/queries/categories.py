"""Where a category lies."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from catalog.models import Category


def category_paths() -> dict[UUID, str]:
    """Each category with the ones it lies in: Grocery › Staples › Rice."""
    rows = {pk: (name, parent) for pk, name, parent in Category.objects.values_list("pk", "name", "parent_id")}
    return {pk: " › ".join(_names_down_to(pk, rows)) for pk in rows}


def _names_down_to(pk: UUID | None, rows: Mapping[UUID, tuple[str, UUID | None]]) -> list[str]:
    names: list[str] = []
    while pk is not None and len(names) < len(rows):
        name, pk = rows[pk]
        names.insert(0, name)
    return names


def categories_in(pk: UUID) -> set[UUID]:
    """A category and all that lie in it."""
    inside: dict[UUID | None, list[UUID]] = {}
    for child, parent in Category.objects.values_list("pk", "parent_id"):
        inside.setdefault(parent, []).append(child)
    found, waiting = {pk}, [pk]
    while waiting:
        waiting += inside.get(waiting.pop(), [])
        found |= set(waiting)
    return found
