"""Webhooks and what has become of their deliveries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display, register
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from pantrypal.core.access import Permission
from pantrypal.core.admin.base import LedgerAdmin, OrgAdmin
from pantrypal.core.admin.filters import ChoiceFilter
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.admin.home import Card
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.operations.webhooks import replay_deliveries, rotate_secret, save_webhook
from pantrypal.journal.models import Delivery, Webhook


class WebhookForm(RefusableForm):
    topics = SimpleArrayField(
        forms.CharField(max_length=60),
        label=_("Events"),
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text=_("Names with commas between them, such as bill.posted, credit_note.posted. Empty: all of them."),
    )


@register(Webhook, site=site)
class WebhookAdmin(OrgAdmin):
    view_permission = Permission.AUDIT_VIEW
    change_permission = Permission.KEYS_EDIT
    menu = Menu("organization", 41, "webhook")
    form = WebhookForm
    list_display = ("__str__", "url", "topic_list", "is_active", "failing_since")
    ordering = ("-is_active", "created_at")
    fields = ("url", "description", "topics", "is_active")
    actions = ("rotate",)
    empty_hint = _("No program is told when something happens. Add the address of one that should be.")

    @display(description=_("events"))
    def topic_list(self, webhook: Webhook) -> str:
        return ", ".join(webhook.topics) or _now("all of them")

    def operate(self, request: OrgRequest, row: Webhook, form: Any, formsets: list[Any]) -> Webhook:
        saved = save_webhook(row, **self.by(request))
        request.shown_once = saved.secret  # type: ignore[attr-defined]
        return saved

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponseBase:
        return self._secret_page(request, obj, request.shown_once)

    @action(description=_("New secret: the old one signs for another day"), permissions=["change"])
    def rotate(self, request: OrgRequest, webhooks: QuerySet[Webhook]) -> HttpResponseBase | None:
        if len(webhooks) != 1:
            self.message_user(request, _("Choose one webhook: its new secret is shown once."), messages.ERROR)
            return None
        webhook = rotate_secret(webhooks[0], **self.by(request))
        return self._secret_page(request, webhook, webhook.secret)

    def _secret_page(self, request: Any, webhook: Webhook, secret: str) -> HttpResponseBase:
        title = _now("Secret of the webhook: %s") % webhook
        return site.page(request, "admin/secret_once.html", title, secret=secret, opts=self.opts)


class DeliveryState(ChoiceFilter):
    title = _("state")
    parameter_name = "state"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting")), ("given_up", _("Given up")), ("delivered", _("Delivered"))]

    def narrow(self, request: Any, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(delivered_at__isnull=value != "delivered", given_up_at__isnull=value != "given_up")


@register(Delivery, site=site)
class DeliveryAdmin(LedgerAdmin):
    view_permission = Permission.AUDIT_VIEW
    menu = Menu("organization", 42, "outbox")
    list_display = ("topic", "webhook", "attempts", "status", "error", "delivered_at", "next_at")
    list_select_related = ("event", "webhook")
    list_filter = (("webhook", RelatedDropdownFilter), DeliveryState)
    ordering = ("-id",)
    fields = ("topic", "webhook", "attempts", "status", "error", "delivered_at", "given_up_at", "next_at")
    readonly_fields = ("topic",)
    actions = ("send_again",)
    empty_hint = _("Nothing has been sent yet. Deliveries appear here once a webhook is added and something happens.")

    def has_replay_permission(self, request: OrgRequest) -> bool:
        return request.actor.may(Permission.KEYS_EDIT)

    @display(description=_("event"))
    def topic(self, delivery: Delivery) -> str:
        return delivery.event.topic

    @action(description=_("Send again"), permissions=["replay"])
    def send_again(self, request: OrgRequest, deliveries: QuerySet[Delivery]) -> None:
        chosen = Delivery.objects.filter(pk__in=list(deliveries.values_list("pk", flat=True)))
        done = replay_deliveries(chosen, **self.by(request))
        said = ngettext("%s event will be sent again.", "%s events will be sent again.", done)
        self.message_user(request, said % done, messages.SUCCESS)


def _failing(request: OrgRequest) -> dict[str, Any] | None:
    failing = list(Webhook.objects.filter(failing_since__isnull=False).order_by("failing_since"))
    return {"webhooks": failing} if failing else None


site.add_card(Card(6, "admin/_webhooks_card.html", _failing, Permission.KEYS_EDIT))
