"""Read-only values in the words of the shop, for pages and their inlines alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from pantrypal.core.admin.shown import shown
from pantrypal.core.http import OrgRequest


class Readable:
    """Money with its sign, times in the store's zone, store names instead of ids."""

    model: type[models.Model]

    def written(self, names: Iterable[Any], request: OrgRequest) -> list[Any]:
        return [
            tuple(self.written(name, request)) if isinstance(name, list | tuple) else shown(self.model, name, request)
            for name in names
        ]

    def get_readonly_fields(self, request: OrgRequest, obj: Any = None) -> Any:
        return self.written(super().get_readonly_fields(request, obj), request)  # type: ignore[misc]

    def get_fieldsets(self, request: OrgRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        readonly = set(self.get_readonly_fields(request, obj)) if self._may_edit(request, obj) else None
        return [
            (title, options | {"fields": [self._field(name, request, readonly) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    def _may_edit(self, request: OrgRequest, obj: Any) -> bool:
        may: bool = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)  # type: ignore[attr-defined]
        return may

    def _field(self, name: Any, request: OrgRequest, readonly: set[Any] | None) -> Any:
        """The name, or what writes it where it is only read; `readonly` None: everything is."""
        if isinstance(name, list | tuple):
            return tuple(self._field(each, request, readonly) for each in name)
        written = shown(self.model, name, request)
        return written if readonly is None or written in readonly else name
