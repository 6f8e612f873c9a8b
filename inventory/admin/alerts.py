"""Alerts: what is open, put off or over, and what a store wants to hear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display, register
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from inventory.models import Alert, AlertKind, AlertSettings
from inventory.operations.alerts import save_alert_settings, snooze_alerts
from inventory.queries.alerts import counts_by_kind
from pantrypal.core.access import Permission
from pantrypal.core.admin import Card, LedgerAdmin, Menu, OrgAdmin, site
from pantrypal.core.admin.filters import ChoiceFilter, StoreFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest

# What the home page says of each kind.
TODAY = {
    AlertKind.OVERSOLD: ngettext_lazy(
        "%(n)s product is below zero: count it", "%(n)s products are below zero: count them", "n"
    ),
    AlertKind.EXPIRED: ngettext_lazy(
        "%(n)s lot has expired and is still on the shelf", "%(n)s lots have expired and are still on the shelf", "n"
    ),
    AlertKind.OUT: ngettext_lazy("%(n)s product is out of stock", "%(n)s products are out of stock", "n"),
    AlertKind.LOW: ngettext_lazy("%(n)s product runs low", "%(n)s products run low", "n"),
    AlertKind.NEAR_EXPIRY: ngettext_lazy("%(n)s lot is near its last day", "%(n)s lots are near their last day", "n"),
    AlertKind.ABOVE_MRP: ngettext_lazy("%(n)s price is above the MRP", "%(n)s prices are above the MRP", "n"),
    AlertKind.STUCK_TRANSFER: ngettext_lazy(
        "%(n)s transfer has not been received", "%(n)s transfers have not been received", "n"
    ),
}
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


class StateFilter(ChoiceFilter):
    """Shows what is open and not put off unless told otherwise."""

    title = _("state")
    parameter_name = "state"
    all_option = ("", _("Open"))

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("snoozed", _("Put off")), ("closed", _("Over")), ("all", _("All"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset.filter(pk__in=Alert.objects.awake(timezone.now()).values("pk"))
        return super().queryset(request, queryset)

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "snoozed":
            return rows.filter(closed_at=None, snoozed_until__gt=timezone.now())
        return rows.exclude(closed_at=None) if value == "closed" else rows


@register(Alert, site=site)
class AlertAdmin(LedgerAdmin):
    view_permission = Permission.STOCK_VIEW
    menu = Menu("stock", 5, "notifications")
    empty_hint = _("Nothing to look at: nothing is missing, nothing has expired, no price is above its MRP.")
    list_display = ("kind", "told", "store_id", "raised_at", "snoozed_until")
    list_select_related = ("product", "lot", "transfer")
    list_filter = (StateFilter, ("kind", ChoicesDropdownFilter), StoreFilter)
    search_fields = ("product__name",)
    ordering = ("-raised_at", "-id")
    fields = (
        "kind",
        "told",
        "product",
        "lot",
        "transfer",
        "store_id",
        "figure",
        "raised_at",
        "closed_at",
        "snoozed_until",
    )
    readonly_fields = ("told",)
    actions = ("snooze_a_day", "snooze_a_week")

    def has_snooze_permission(self, request: OrgRequest) -> bool:
        return request.actor.may(Permission.STOCK_EDIT)

    @display(description=_("what is to be done"))
    def told(self, alert: Alert) -> str:
        return alert.sentence

    @action(description=_("Put off until tomorrow"), permissions=["snooze"])
    def snooze_a_day(self, request: OrgRequest, alerts: QuerySet[Alert]) -> None:
        self._snooze(request, alerts, A_DAY)

    @action(description=_("Put off for a week"), permissions=["snooze"])
    def snooze_a_week(self, request: OrgRequest, alerts: QuerySet[Alert]) -> None:
        self._snooze(request, alerts, A_WEEK)

    def _snooze(self, request: OrgRequest, alerts: QuerySet[Alert], pause: timedelta) -> None:
        done = snooze_alerts(alerts, until=timezone.now() + pause, **self.by(request))
        said = ngettext("%s alert is put off.", "%s alerts are put off.", done)
        self.message_user(request, said % done, messages.SUCCESS)


class SettingsForm(RefusableForm):
    near_expiry_days = forms.CharField(
        label=capfirst(_("near expiry, days before")),
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Such as 30, 15, 7."),
    )
    immediate = forms.MultipleChoiceField(
        label=capfirst(_("tell at once, by e-mail")),
        choices=AlertKind.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["near_expiry_days"] = ", ".join(map(str, self.instance.near_expiry_days))  # type: ignore[attr-defined]

    def clean_near_expiry_days(self) -> list[int]:
        parts = self.cleaned_data["near_expiry_days"].replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise forms.ValidationError(_("Numbers of days, such as 30, 15, 7."))
        return [int(part) for part in parts]


@register(AlertSettings, site=site)
class AlertSettingsAdmin(OrgAdmin):
    view_permission = Permission.STOCK_VIEW
    change_permission = Permission.STOCK_EDIT
    menu = Menu("stock", 90, "notification_settings")
    empty_hint = _(
        "Every store is told of lots 30, 15 and 7 days before they expire, if they last long enough for that,"
        " by e-mail at 7 in the morning. Add a row to change that for a store."
    )
    form = SettingsForm
    list_display = ("store_id", "has_digest", "digest_at")
    sortable_by = ()
    fields = (
        "store_id",
        ("near_expiry_days", "shelf_life_times"),
        "transfer_days",
        "immediate",
        ("has_digest", "digest_at"),
    )

    def operate(self, request: OrgRequest, row: AlertSettings, form: Any, formsets: list[Any]) -> AlertSettings:
        return save_alert_settings(row, store=stores_of(request)[row.store_id], **self.by(request))


def _open_alerts(request: OrgRequest) -> dict[str, Any]:
    counts = counts_by_kind(stores=request.actor.stores, at=timezone.now())
    address = reverse("admin:inventory_alert_changelist")
    found = [(kind, counts[kind]) for kind in AlertKind if counts[kind]]
    rows = [(TODAY[kind] % {"n": count}, f"{address}?kind__exact={kind}") for kind, count in found]
    return {"rows": rows, "count": counts.total(), "url": address}


site.add_card(Card(20, "inventory/admin/_home_card.html", _open_alerts, Permission.STOCK_VIEW))
