"""Organizations as their platform knows them: where they live and what they have subscribed to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display as pictured

from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.platform.site import PlatformAdmin, platform
from pantrypal.core.models import Organization
from pantrypal.core.operations.platform import Operator, change_subscription, resume, suspend


@register(Organization, site=platform)
class PlatformOrganizationAdmin(PlatformAdmin):
    menu = Menu("organization", 10, "apartment")
    list_display = ("name", "slug", "plan", "status", "state", "shard", "people", "created_at")
    list_select_related = ("plan", "route")
    list_filter = (
        ("plan", RelatedDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("route__state", ChoicesDropdownFilter),
        ("route__shard", RelatedDropdownFilter),
    )
    search_fields = ("name", "slug", "gstin")
    search_help_text = _("Name, address or GSTIN")
    ordering = ("name",)
    fieldsets = (
        (_("Subscription"), {"fields": ("plan", "status")}),
        (_("Organization"), {"fields": ("name", "slug", "legal_name", "country", "created_at")}),
        (_("Where it lives"), {"fields": ("shard", "state")}),
    )
    readonly_fields = ("name", "slug", "legal_name", "country", "created_at", "shard", "state")
    actions = ("suspend", "resume")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        rows: QuerySet[Organization] = super().get_queryset(request)
        return rows.annotate(active_people=Count("memberships", filter=Q(memberships__is_active=True)))

    @display(description=_("shard"), ordering="route__schema_name")
    def shard(self, org: Organization) -> str:
        return org.route.schema_name

    @display(description=_("people"), ordering="active_people")
    def people(self, org: Any) -> int:
        count: int = org.active_people
        return count

    @pictured(  # type: ignore[untyped-decorator]
        description=_("state"), label={"active": "success", "suspended": "danger", "moving": "warning"}
    )
    def state(self, org: Organization) -> tuple[str, Any]:
        return org.route.state, org.route.get_state_display()

    def save_model(self, request: Any, obj: Organization, form: Any, change: bool) -> None:
        change_subscription(
            org=obj, plan=obj.plan, status=obj.status, operator=Operator(request.user), at=timezone.now()
        )

    @action(description=_("Suspend: nobody of it gets in until it is resumed"))
    def suspend(self, request: Any, organizations: QuerySet[Organization]) -> None:
        for org in organizations.filter(route__state="active"):
            suspend(org=org, operator=Operator(request.user), at=timezone.now())
        self.message_user(request, _("The organizations are suspended."), messages.SUCCESS)

    @action(description=_("Resume: it works again as before"))
    def resume(self, request: Any, organizations: QuerySet[Organization]) -> None:
        for org in organizations.filter(route__state="suspended"):
            resume(org=org, operator=Operator(request.user), at=timezone.now())
        self.message_user(request, _("The organizations are resumed."), messages.SUCCESS)
