"""Rules of the tills: limits, and the reasons they offer."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import register
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from billing.models import Reason, TillRules
from billing.operations.rules import save_reason, save_rules
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, site
from pantrypal.core.http import OrgRequest


@register(TillRules, site=site)
class TillRulesAdmin(OrgAdmin):
    view_permission = Permission.BILLS_VIEW
    change_permission = Permission.ORG_EDIT
    menu = Menu("sales", 80, "rule")
    list_display = ("__str__", "cashier_discount_limit", "manager_discount_limit", "integration_discount_limit")
    fieldsets = (
        (
            _("Discount by hand"),
            {"fields": (("cashier_discount_limit", "manager_discount_limit"), ("integration_discount_limit",))},
        ),
        (_("Returns"), {"fields": ("refunds_without_bill_in_money",)}),
        (_("Held carts"), {"fields": ("held_cart_days",)}),
    )
    empty_hint = _(
        "Cashiers take off up to 20 % by hand, and goods without their bill give store credit. Add rules to change it."
    )

    def has_add_permission(self, request: OrgRequest) -> bool:
        return super().has_add_permission(request) and not TillRules.objects.exists()

    def operate(self, request: OrgRequest, row: TillRules, form: Any, formsets: list[Any]) -> TillRules:
        return save_rules(row, **self.by(request))


@register(Reason, site=site)
class ReasonAdmin(OrgAdmin):
    view_permission = Permission.BILLS_VIEW
    change_permission = Permission.ORG_EDIT
    menu = Menu("sales", 90, "chat")
    list_display = ("text", "use", "code", "position")
    list_filter = (("use", ChoicesDropdownFilter),)
    ordering = ("use", "position", "text")
    fields = (("use", "code"), ("text", "position"))
    empty_hint = _("What a cashier can choose as the reason of a discount, a return or an open drawer.")

    def operate(self, request: OrgRequest, row: Reason, form: Any, formsets: list[Any]) -> Reason:
        return save_reason(row, **self.by(request))
