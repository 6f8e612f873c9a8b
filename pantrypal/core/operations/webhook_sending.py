"""Sending one event to one webhook, as https://www.standardwebhooks.com says: signed, bounded in time, tried again."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Signer

from pantrypal.core.actor import Actor
from pantrypal.core.errors import DomainError
from pantrypal.core.outside import fetch
from pantrypal.journal.models import AuditEntry, Delivery, OutboxEvent, Webhook

SECONDS = 10
# Before the second try, the third, ...; each is lengthened by up to a quarter, so that a shop's integrator who comes
# back is not met by everything at once.
PAUSES = [timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600)]
DISABLED_AFTER = timedelta(days=5)
GONE = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int | None
    error: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliver(delivery_id: UUID) -> None:
    """Send, and note what came of it. Nothing is locked and no transaction is open while the other side thinks."""
    delivery = _begin(delivery_id)
    if delivery is None:
        return
    outcome = _send(delivery.webhook, delivery.event)
    with transaction.atomic():
        _note(delivery_id, outcome, timezone.now())


def _begin(delivery_id: UUID) -> Delivery | None:
    """Count the attempt before it is made, and put the next one off: who dies now is followed by another worker."""
    with transaction.atomic():
        waiting = Delivery.objects.filter(pk=delivery_id, delivered_at=None, given_up_at=None, webhook__is_active=True)
        delivery = waiting.select_for_update(of=("self",), skip_locked=True).select_related("webhook", "event").first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.next_at = timezone.now() + _pause_after(delivery.attempts) + timedelta(seconds=2 * SECONDS)
            delivery.save(update_fields=["attempts", "next_at"])
        return delivery


def _pause_after(attempts: int) -> timedelta:
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    return pause + pause * random.randint(0, 250) / 1000


def _send(webhook: Webhook, event: OutboxEvent) -> Outcome:
    now = timezone.now()
    body = body_of(event)
    signatures = [Signer(secret).sign(str(event.pk), now, body) for secret in webhook.secrets_at(now)]
    headers = {
        "Content-Type": "application/json",
        "webhook-id": str(event.pk),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
    try:
        answer = fetch(
            webhook.url, method="POST", body=body.encode(), headers=headers, most_bytes=1024, seconds=SECONDS
        )
    except DomainError as refusal:
        return Outcome(None, refusal.message)
    return Outcome(answer.status, "" if 200 <= answer.status < 300 else f"HTTP {answer.status}")


def body_of(event: OutboxEvent) -> str:
    told = {"type": event.topic, "timestamp": event.created_at, "data": event.payload}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def _note(delivery_id: UUID, outcome: Outcome, now: datetime) -> None:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery_id)
    delivery.status, delivery.error = outcome.status, outcome.error[:200]
    if outcome.is_good:
        delivery.delivered_at = now
    elif delivery.attempts > len(PAUSES):
        delivery.given_up_at = now
    delivery.save(update_fields=["status", "error", "delivered_at", "given_up_at"])
    _note_health(delivery.webhook, outcome, now)


def _note_health(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    """A webhook that has failed for five days, or says that it is gone, is switched off; its owner sees it at home."""
    if outcome.is_good:
        if webhook.failing_since is not None:
            Webhook.objects.filter(pk=webhook.pk).update(failing_since=None)
        return
    since = webhook.failing_since or now
    is_over = outcome.status == GONE or now - since >= DISABLED_AFTER
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=since, is_active=not is_over)
    if is_over:
        system = Actor.system(webhook.org_id)
        AuditEntry.record("webhook.disabled", webhook, actor=system, at=now, error=outcome.error, since=since)
        OutboxEvent.emit("webhook.disabled", webhook=str(webhook.pk), url=webhook.url)
