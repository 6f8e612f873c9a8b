"""Cash into and out of the drawers for other reasons than a sale."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from billing.models import CashMovement
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site
from pantrypal.core.admin.filters import DayFilter
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest


@register(CashMovement, site=site)
class CashMovementAdmin(LedgerAdmin):
    view_permission = Permission.BILLS_VIEW
    menu = Menu("sales", 50, "payments")
    list_display = ("at", "shift", "kind", "amount", "reason", "actor")
    list_select_related = ("shift__register",)
    list_filter = (("kind", ChoicesDropdownFilter), ("at", DayFilter))
    ordering = ("-id",)
    fieldsets = ((None, {"fields": (("at", "shift"), ("kind", "amount"), ("reason", "actor"))}),)
    empty_hint = _("Change fetched, bread bought from the drawer, notes taken to the safe: each is kept here.")

    def get_queryset(self, request: OrgRequest) -> Any:
        """Those of the stores one works in."""
        return super().get_queryset(request).filter(shift__store_id__in=list(stores_of(request)))
