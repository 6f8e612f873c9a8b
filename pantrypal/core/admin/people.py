"""Members of the organization, and the way in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display as pictured

from pantrypal.core.access import Permission, Role
from pantrypal.core.admin.base import OrgAdmin
from pantrypal.core.admin.columns import PageColumn
from pantrypal.core.admin.filters import ChoiceFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Invitation, Membership
from pantrypal.core.operations.invitations import invite, invite_again, withdraw_invitation
from pantrypal.core.operations.people import change_member
from pantrypal.core.operations.pins import set_pin
from pantrypal.core.queries import store_codes


def store_names(request: OrgRequest, rows: Sequence[Any]) -> dict[Any, str]:
    """For rows that cover some stores: their codes; nothing for those that cover all."""
    codes, links = store_codes(), type(rows[0]).stores.through
    owner = next(field for field in links._meta.fields if field.related_model is type(rows[0]))
    found: dict[Any, list[str]] = {}
    for pk, store_id in links.objects.filter(**{f"{owner.name}__in": rows}).values_list(owner.attname, "store_id"):
        found.setdefault(pk, []).append(codes.get(store_id, ""))
    return {pk: ", ".join(sorted(names)) for pk, names in found.items()}


def all_or_some() -> PageColumn:
    def load(request: OrgRequest, rows: Sequence[Any]) -> dict[Any, Any]:
        return {row.pk: _("All") for row in rows} | store_names(request, rows)

    return PageColumn("covered", _("stores"), load)


class MemberForm(RefusableForm):
    pin = forms.CharField(
        label=_("New PIN"),
        required=False,
        max_length=8,
        widget=forms.PasswordInput({"autocomplete": "new-password", "inputmode": "numeric"}),
        help_text=_("Four to eight figures, for the till. Empty leaves the present one."),
    )


@register(Membership, site=site)
class MemberAdmin(OrgAdmin):
    view_permission = Permission.AUDIT_VIEW
    change_permission = Permission.PEOPLE_EDIT
    can_add = False  # people are invited
    menu = Menu("organization", 30, "group")
    form = MemberForm
    page_columns = (all_or_some(),)
    list_display = ("user", "email", "role_of", page_columns[0], "has_pin", "is_active")
    list_select_related = ("user",)
    list_filter = (("role", ChoicesDropdownFilter), "is_active")
    search_fields = ("user__name", "user__email")
    search_help_text = _("Name or e-mail")
    ordering = ("-is_active", "user__name")
    fieldsets = (
        (None, {"fields": ("user", "role", "is_active")}),
        (_("Where"), {"fields": ("all_stores", "stores"), "description": _("Choose stores, or all of them.")}),
        (_("At the till"), {"fields": ("pin",)}),
    )
    readonly_fields = ("user",)

    def get_fieldsets(self, request: OrgRequest, obj: Any = None) -> Any:
        """Nobody reads a PIN."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.has_change_permission(request) else fieldsets[:-1]

    @display(description=_("e-mail"))
    def email(self, member: Membership) -> str:
        return member.user.email

    @display(description=_("role"), ordering="role")
    def role_of(self, member: Membership) -> str:
        return member.role_name

    @display(description=_("PIN"), boolean=True)
    def has_pin(self, member: Membership) -> bool:
        return bool(member.pin_hash)

    def operate(self, request: OrgRequest, row: Membership, form: Any, formsets: list[Any]) -> Membership:
        given = form.cleaned_data
        stores = None if given["all_stores"] else list(given["stores"])
        saved = change_member(
            member=row, role=Role(given["role"]), is_active=given["is_active"], stores=stores, **self.by(request)
        )
        if given["pin"]:
            set_pin(member=saved, pin=given["pin"], **self.by(request))
        return saved


class InvitationState(ChoiceFilter):
    title = _("state")
    parameter_name = "state"
    all_option = ("", _("Open"))

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("over", _("Over")), ("accepted", _("Accepted")), ("all", _("All"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset.filter(accepted_at=None, expires_at__gt=timezone.now())
        return super().queryset(request, queryset)

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        chosen = {
            "over": Q(accepted_at=None, expires_at__lte=timezone.now()),
            "accepted": Q(accepted_at__isnull=False),
            "all": Q(),
        }
        return rows.filter(chosen[value])


@register(Invitation, site=site)
class InvitationAdmin(OrgAdmin):
    view_permission = Permission.AUDIT_VIEW
    change_permission = Permission.PEOPLE_EDIT
    menu = Menu("organization", 31, "mail")
    page_columns = (all_or_some(),)
    list_display = ("email", "role_of", page_columns[0], "invited_by", "expires_at", "state")
    list_select_related = ("invited_by",)
    list_filter = (InvitationState,)
    search_fields = ("email",)
    ordering = ("-expires_at",)
    fields = ("email", "role", "stores")
    actions = ("send_again", "withdraw")
    empty_hint = _(
        "Nobody is invited at the moment. Add an invitation: it goes out by e-mail and is good for seven days."
    )

    def get_readonly_fields(self, request: OrgRequest, obj: Any = None) -> Any:
        return self.written(("email", "role", "stores") if obj else (), request)

    @display(description=_("role"), ordering="role")
    def role_of(self, invitation: Invitation) -> str:
        return invitation.role_name

    @pictured(description=_("state"), label={"open": "success", "over": "warning", "accepted": "info"})  # type: ignore[untyped-decorator]
    def state(self, invitation: Invitation) -> tuple[str, Any]:
        if invitation.accepted_at:
            return "accepted", _("Accepted")
        return ("open", _("Open")) if invitation.is_open(timezone.now()) else ("over", _("Over"))

    def operate(self, request: OrgRequest, row: Invitation, form: Any, formsets: list[Any]) -> Invitation:
        if not row._state.adding:
            return row
        given = form.cleaned_data
        return invite(email=given["email"], role=Role(given["role"]), stores=given["stores"], **self.by(request))

    @action(description=_("Send again: seven more days"), permissions=["change"])
    def send_again(self, request: OrgRequest, invitations: QuerySet[Invitation]) -> None:
        for invitation in invitations:
            invite_again(invitation=invitation, **self.by(request))
        self.message_user(request, _("The invitations are on their way."), messages.SUCCESS)

    @action(description=_("Withdraw: the link stops working"), permissions=["change"])
    def withdraw(self, request: OrgRequest, invitations: QuerySet[Invitation]) -> None:
        for invitation in invitations:
            withdraw_invitation(invitation=invitation, **self.by(request))
        self.message_user(request, _("The invitations are withdrawn."), messages.SUCCESS)
