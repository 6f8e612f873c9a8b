"""Foreign keys between org-owned tables."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

_ST = TypeVar("_ST")
_GT = TypeVar("_GT")


class OrgForeignKey(models.ForeignKey[_ST, _GT]):
    """A foreign key to another table of the same organization.

    The schema editor makes it a composite key (org_id, x_id), so the database refuses a row that
    points into another organization. It has no index of its own: an index here starts with org_id
    and is declared in Meta where a query needs it. Referenced rows are archived, never deleted.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.setdefault("db_index", False)
        return name, path, args, kwargs
