"""Categories and brands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _

from catalog.models import Brand, Category
from catalog.operations.groups import save_brand, save_category
from catalog.queries import category_paths
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, PageColumn, site
from pantrypal.core.http import OrgRequest


def _paths(request: OrgRequest, rows: Sequence[Any]) -> dict[UUID, str]:
    return category_paths()


@register(Category, site=site)
class CategoryAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    menu = Menu("catalog", 20, "account_tree")
    page_columns = (PageColumn("path", _("where it belongs"), _paths),)
    list_display = ("name", page_columns[0])
    search_fields = ("name",)
    fields = ("name", "parent")
    autocomplete_fields = ("parent",)

    def operate(self, request: OrgRequest, row: Category, form: Any, formsets: list[Any]) -> Category:
        return save_category(row, **self.by(request))


@register(Brand, site=site)
class BrandAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    menu = Menu("catalog", 30, "sell")
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name",)

    def operate(self, request: OrgRequest, row: Brand, form: Any, formsets: list[Any]) -> Brand:
        return save_brand(row, **self.by(request))
