"""Keys of integrators: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display as pictured
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from pantrypal.core.access import SCOPES, Permission
from pantrypal.core.admin.base import OrgAdmin
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.people import all_or_some
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import ApiKey
from pantrypal.core.operations.api_keys import create_api_key, revoke_api_key


class KeyForm(RefusableForm):
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope, scope) for scope in SCOPES],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("As little as the program needs."),
    )


@register(ApiKey, site=site)
class ApiKeyAdmin(OrgAdmin):
    view_permission = Permission.AUDIT_VIEW
    change_permission = Permission.KEYS_EDIT
    menu = Menu("organization", 40, "key")
    form = KeyForm
    page_columns = (all_or_some(),)
    list_display = ("name", "beginning", "scope_list", page_columns[0], "expires_at", "last_used_at", "state")
    ordering = ("revoked_at", "name")
    sortable_by = ("name", "expires_at", "last_used_at")
    fields = ("name", "scopes", "all_stores", "stores", "expires_at")
    actions = ("revoke",)
    empty_hint = _("No program is connected. Add a key for each one, so that it can be revoked alone.")

    def has_change_permission(self, request: OrgRequest, obj: Any = None) -> bool:
        """A key is made and revoked; what it may do stays as it was made."""
        return obj is None and super().has_change_permission(request)

    @display(description=_("key"))
    def beginning(self, key: ApiKey) -> str:
        return f"{key.prefix}…"

    @display(description=_("scopes"))
    def scope_list(self, key: ApiKey) -> str:
        return _now("all of them") if len(key.scopes) == len(SCOPES) else ", ".join(key.scopes)

    @pictured(description=_("state"), label={"valid": "success", "revoked": "danger", "expired": "warning"})  # type: ignore[untyped-decorator]
    def state(self, key: ApiKey) -> tuple[str, Any]:
        if key.revoked_at:
            return "revoked", _("Revoked")
        return ("valid", _("Valid")) if key.is_valid(timezone.now()) else ("expired", _("Expired"))

    def operate(self, request: OrgRequest, row: ApiKey, form: Any, formsets: list[Any]) -> ApiKey:
        given = form.cleaned_data
        key, secret = create_api_key(
            name=given["name"],
            scopes=given["scopes"],
            stores=None if given["all_stores"] else list(given["stores"]),
            expires_at=given["expires_at"],
            **self.by(request),
        )
        request.shown_once = secret  # type: ignore[attr-defined]
        return key

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponseBase:
        """The key itself, here and never again: no redirect, no message that a cookie would keep."""
        title = _now("API key: %s") % obj.name
        return site.page(request, "admin/secret_once.html", title, secret=request.shown_once, opts=self.opts)

    @action(description=_("Revoke: the key stops working at once"), permissions=["change"])
    def revoke(self, request: OrgRequest, keys: QuerySet[ApiKey]) -> None:
        for key in keys:
            revoke_api_key(key=key, **self.by(request))
        self.message_user(request, _("The keys are revoked."), messages.SUCCESS)
