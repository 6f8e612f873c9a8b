"""Rows that belong to the row of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from unfold.admin import TabularInline

from pantrypal.core.access import Permission
from pantrypal.core.admin.reading import Readable
from pantrypal.core.http import OrgRequest


class OrgInline(Readable, TabularInline):  # type: ignore[misc]
    """Edited with its parent and saved by the parent's operation, which gets the whole list of rows."""

    view_permission: ClassVar[Permission | None] = None
    change_permission: ClassVar[Permission | None] = None
    extra = 0
    show_change_link = False

    def has_view_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.view_permission is not None and request.actor.may(self.view_permission)

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.change_permission is not None and request.actor.may(self.change_permission)

    def has_add_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_formset(self, request: OrgRequest, obj: Any = None, **kwargs: Any) -> Any:
        if not self.has_change_permission(request, obj):
            kwargs["fields"] = ()  # nothing is typed in; what is shown need not be a field of the form
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: OrgRequest) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().get_queryset(request).filter(org_id=request.org_id)
        return rows


class LedgerInline(OrgInline):
    """Lines of a posted document: read, never changed."""

    can_delete = False
    max_num = 0
    hide_title = True
    ordering: Sequence[str] = ("position",)

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        return False
