"""Plans and their limits."""

from __future__ import annotations

from django.contrib.admin import register
from django.http import HttpRequest

from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.platform.site import PlatformAdmin, platform
from pantrypal.core.models import Plan


@register(Plan, site=platform)
class PlanAdmin(PlatformAdmin):
    menu = Menu("organization", 20, "sell")
    list_display = ("name", "code", "max_stores", "max_owners", "max_managers", "requests_per_minute")
    fields = ("name", "code", "max_stores", "max_owners", "max_managers", "requests_per_minute")
    ordering = ("pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True
