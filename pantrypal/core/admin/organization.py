"""The organization's own settings: a page without a list."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pantrypal.core.access import Permission
from pantrypal.core.admin.base import OrgAdmin
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Organization
from pantrypal.core.operations.organizations import change_organization

SETTINGS = (
    "name", "legal_name", "address", "gstin", "state_code", "tax_regime", "prices_include_tax", "fiscal_year_start",
)  # fmt: skip


@register(Organization, site=site)
class OrganizationAdmin(OrgAdmin):
    view_permission = Permission.AUDIT_VIEW
    change_permission = Permission.ORG_EDIT
    can_add = False
    menu = Menu("organization", 10, "apartment")
    org_field = "pk"
    readonly_fields = ("slug", "country", "currency", "plan", "status")
    fieldsets = (
        (None, {"fields": (("name", "legal_name"), ("address",))}),
        (
            _("Taxes"),
            {
                "fields": (("gstin", "state_code"), ("tax_regime", "fiscal_year_start"), ("prices_include_tax",)),
                "description": _("Bills that are posted already keep what they were posted with."),
            },
        ),
        (_("With PantryPal"), {"fields": (("slug", "plan", "status"), ("country", "currency"))}),
    )

    def changelist_view(self, request: OrgRequest, extra_context: Any = None) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:core_organization_change", args=[request.org_id]))

    def operate(self, request: OrgRequest, row: Organization, form: Any, formsets: list[Any]) -> Organization:
        changes = {name: form.cleaned_data[name] for name in SETTINGS}
        return change_organization(org=row, changes=changes, **self.by(request))
