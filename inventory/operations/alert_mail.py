"""Alerts by e-mail: one digest for each store and morning, and at once what a store wants to hear at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from inventory.models import Alert, AlertDigest, AlertKind
from inventory.operations.alerts import refresh_alerts
from inventory.queries.alerts import awake_alerts, settings_of, who_is_told
from pantrypal.core.addresses import org_path
from pantrypal.core.business_time import zone
from pantrypal.core.mail import message_id
from pantrypal.core.models import Store
from pantrypal.journal.models import OutboxEvent

MOST_LINES = 50  # of a kind in one digest; the rest is counted
LIST = "admin/inventory/alert/"


@transaction.atomic
def begin_morning(store: Store, *, at: datetime) -> AlertDigest | None:
    """Look at the whole store once a morning, and have the digest sent; None where that is not due or done already.

    The hour and the day are those of the store's own zone.
    """
    wanted, local = settings_of(store.pk), at.astimezone(zone(store.time_zone))
    if local.time() < wanted.digest_at:
        return None
    digest, is_new = AlertDigest.objects.get_or_create(
        store_id=store.pk, morning=local.date(), defaults={"made_at": at}
    )
    if not is_new:
        return None
    refresh_alerts(store, at=at)
    if wanted.has_digest:
        OutboxEvent.emit("alerts.digest_due", digest=str(digest.pk), store=str(store.pk))
    return digest


def mail_digest(digest_id: UUID, *, event_id: UUID, at: datetime) -> bool:
    """Send what is open and not put off; False where there is nothing to say or nobody to hear it.

    Runs in a worker's transaction, once for each digest.
    """
    digest = AlertDigest.objects.get(pk=digest_id)
    store = Store.objects.select_related("org").get(pk=digest.store_id)
    alerts, people = awake_alerts(store.pk, at=at), who_is_told(store)
    if not alerts or not people:
        return False
    _send("alert_digest", store, people, event_id, groups=_grouped(alerts), count=len(alerts))
    digest.sent_to = people
    digest.save(update_fields=["sent_to"])
    return True


def mail_alert(alert_id: UUID, *, event_id: UUID, at: datetime) -> bool:
    """Tell at once, where the store wants that and the cause is still there."""
    alert = Alert.objects.awake(at).select_related("product", "lot", "transfer").filter(pk=alert_id).first()
    if alert is None or alert.kind not in settings_of(alert.store_id).immediate:
        return False
    store = Store.objects.select_related("org").get(pk=alert.store_id)
    people = who_is_told(store)
    if people:
        _send("alert", store, people, event_id, alert=alert)
    return bool(people)


def _grouped(alerts: Sequence[Alert]) -> list[dict[str, Any]]:
    groups = []
    for kind in AlertKind:
        sentences = [alert.sentence for alert in alerts if alert.kind == kind]
        if sentences:
            more = max(len(sentences) - MOST_LINES, 0)
            groups.append({"title": kind.label, "sentences": sentences[:MOST_LINES], "more": more})
    return groups


def _send(name: str, store: Store, people: Sequence[str], event_id: UUID, **context: Any) -> None:
    link = settings.SITE_URL.rstrip("/") + org_path(store.org.slug, LIST)
    context |= {"store": store, "link": link}
    EmailMessage(
        subject=render_to_string(f"inventory/email/{name}_subject.txt", context).strip(),
        body=render_to_string(f"inventory/email/{name}.txt", context),
        to=list(people),
        headers={"Message-ID": message_id(event_id)},
    ).send()
