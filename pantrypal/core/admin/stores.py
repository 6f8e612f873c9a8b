"""Stores: address, taxes, hours, and how bills are rounded and printed."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _

from pantrypal.core.access import Permission
from pantrypal.core.admin.base import OrgAdmin
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.operations.organizations import change_store, create_store

SETTINGS = (
    "name", "address", "phone", "state_code", "gstin", "time_zone", "day_cutoff", "stock_policy", "rounding_step",
    "receipt_header", "receipt_footer", "receipt_language", "upi_id",
)  # fmt: skip


@register(Store, site=site)
class StoreAdmin(OrgAdmin):
    view_permission = Permission.BACK_OFFICE
    change_permission = Permission.STORES_EDIT
    menu = Menu("organization", 20, "storefront")
    list_display = ("name", "code", "address", "phone", "stock_policy")
    ordering = ("code",)
    fieldsets = (
        (None, {"fields": (("name", "code"), ("address", "phone"))}),
        (_("Taxes"), {"fields": (("state_code", "gstin"),)}),
        (_("The day and the goods"), {"fields": (("time_zone", "day_cutoff"), ("stock_policy",))}),
        (
            _("Bills"),
            {"fields": (("rounding_step", "upi_id"), ("receipt_header", "receipt_footer"), ("receipt_language",))},
        ),
    )

    def get_readonly_fields(self, request: OrgRequest, obj: Store | None = None) -> Any:
        return self.written(["code"] if obj is not None else [], request)

    def operate(self, request: OrgRequest, row: Store, form: Any, formsets: list[Any]) -> Store:
        values = {name: form.cleaned_data[name] for name in SETTINGS}
        if row._state.adding:
            return create_store(code=row.code, **values, **self.by(request))
        return change_store(store=row, changes=values, **self.by(request))
