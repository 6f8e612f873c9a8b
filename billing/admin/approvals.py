"""Approvals: what managers allowed, to whom and why."""

from __future__ import annotations

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from billing.models import Approval
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site
from pantrypal.core.admin.filters import DayFilter, StoreFilter


@register(Approval, site=site)
class ApprovalAdmin(LedgerAdmin):
    view_permission = Permission.AUDIT_VIEW
    menu = Menu("sales", 60, "verified_user")
    list_display = ("at", "store_id", "kind", "amount", "reason", "asked_by", "approved_by")
    list_filter = (StoreFilter, ("kind", ChoicesDropdownFilter), ("at", DayFilter))
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": (("at", "store_id", "register"), ("kind", "amount", "reason"), ("asked_by", "approved_by"))}),
    )
    empty_hint = _("When a till asks a manager for a discount, a void or an open drawer, the answer is kept here.")
