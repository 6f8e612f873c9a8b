"""What is remembered for lists with one header."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import ImportMapping
from catalog.operations.imports.uploads import forget_mapping
from pantrypal.core.access import Permission
from pantrypal.core.admin import LedgerAdmin, Menu, site


@register(ImportMapping, site=site)
class ImportMappingAdmin(LedgerAdmin):
    view_permission = Permission.CATALOG_VIEW
    menu = Menu("catalog", 72, "rule")
    empty_hint = gettext_lazy("What you choose about a list is remembered here for the next list with the same titles.")
    list_display = ("name",)
    list_display_links = None
    actions = ("forget",)

    def has_forget_permission(self, request: Any) -> bool:
        return bool(request.actor.may(Permission.CATALOG_EDIT))

    @action(description=gettext_lazy("Forget: recognise such lists afresh"), permissions=["forget"])
    def forget(self, request: Any, mappings: QuerySet[ImportMapping]) -> None:
        ids = list(mappings.values_list("pk", flat=True))
        for pk in ids:
            forget_mapping(pk, actor=request.actor)
        said = ngettext("%s list is forgotten.", "%s lists are forgotten.", len(ids))
        self.message_user(request, said % len(ids), messages.SUCCESS)
