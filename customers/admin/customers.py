"""Customers: found by phone, saved through the operation that the till uses."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.operations.customers import save_customer
from customers.queries import found_by
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.http import OrgRequest


@register(Customer, site=site)
class CustomerAdmin(OrgAdmin):
    view_permission = Permission.CUSTOMERS_VIEW
    change_permission = Permission.CUSTOMERS_EDIT
    menu = Menu("customers", 10, "person")
    list_display = ("__str__", "phone", "email", "gstin")
    search_fields = ("name",)
    search_help_text = _("Name, phone or GSTIN")
    ordering = ("-created_at", "-id")
    fieldsets = (
        (None, {"fields": (("name", "phone"), ("email",))}),
        (_("For a tax invoice"), {"fields": (("gstin", "state_code"), ("address",))}),
    )
    empty_hint = _("A customer appears here once a till has asked for their phone, or when you add one.")

    def get_search_results(
        self, request: Any, queryset: QuerySet[Customer], search_term: str
    ) -> tuple[QuerySet[Customer], bool]:
        return found_by(queryset, search_term, request.org.country), False

    def operate(self, request: OrgRequest, row: Customer, form: Any, formsets: list[Any]) -> Customer:
        return save_customer(row, org=request.org, **self.by(request))
