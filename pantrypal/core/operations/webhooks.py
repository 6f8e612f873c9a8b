"""Webhooks: made, changed, given a new secret, removed; deliveries tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.outside import AddressRefused, require_public
from pantrypal.core.validation import validated
from pantrypal.journal.models import AuditEntry, Delivery, Webhook

OLD_SECRET_LASTS = timedelta(hours=24)


@transaction.atomic
def save_webhook(webhook: Webhook, *, actor: Actor, at: datetime) -> Webhook:
    """Create or change a webhook; one that is switched on again begins anew. Raises Invalid."""
    require(actor, Permission.KEYS_EDIT)
    _require_address(webhook.url)
    is_new = webhook._state.adding
    old, new = ({}, {"url": webhook.url}) if is_new else differences(Webhook.objects.get(pk=webhook.pk), webhook)
    if is_new:
        webhook.secret = Webhook.new_secret()
    if webhook.is_active:
        webhook.failing_since = None
    validated(webhook).save()
    AuditEntry.record("webhook.created" if is_new else "webhook.changed", webhook, actor=actor, at=at, old=old, new=new)
    return webhook


@transaction.atomic
def rotate_secret(webhook: Webhook, *, actor: Actor, at: datetime) -> Webhook:
    """A new secret; for a day deliveries carry the signatures of both."""
    require(actor, Permission.KEYS_EDIT)
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    webhook.old_secret, webhook.old_secret_until = webhook.secret, at + OLD_SECRET_LASTS
    webhook.secret = Webhook.new_secret()
    webhook.save(update_fields=["secret", "old_secret", "old_secret_until"])
    AuditEntry.record("webhook.secret_rotated", webhook, actor=actor, at=at)
    return webhook


@transaction.atomic
def remove_webhook(webhook: Webhook, *, actor: Actor, at: datetime) -> None:
    """With its deliveries; the events themselves stay and can be read."""
    require(actor, Permission.KEYS_EDIT)
    AuditEntry.record("webhook.removed", webhook, actor=actor, at=at, url=webhook.url)
    webhook.delete()


@transaction.atomic
def replay_deliveries(deliveries: Any, *, actor: Actor, at: datetime) -> int:
    """Send these again, whatever became of them; the relay takes them with its next round. Returns how many."""
    require(actor, Permission.KEYS_EDIT)
    found = list(deliveries.select_for_update(of=("self",)).select_related("webhook", "event").order_by("pk"))
    for delivery in found:
        delivery.attempts, delivery.next_at = 0, at
        delivery.delivered_at = delivery.given_up_at = None
        delivery.save(update_fields=["attempts", "next_at", "delivered_at", "given_up_at"])
    for webhook in {delivery.webhook_id: delivery.webhook for delivery in found}.values():
        count = sum(delivery.webhook_id == webhook.pk for delivery in found)
        AuditEntry.record("webhook.replayed", webhook, actor=actor, at=at, deliveries=count)
    return len(found)


def _require_address(url: str) -> None:
    try:
        parts = require_public(url)
    except AddressRefused as refusal:
        raise Invalid(refusal.message, {"url": [refusal.message]}) from refusal
    if settings.HTTPS and parts.scheme != "https":
        sentence = _("The address must begin with https://.")
        raise Invalid(sentence, {"url": [sentence]})


def deliveries_of(webhook: Webhook) -> Any:
    return Delivery.objects.filter(webhook=webhook).select_related("event")
