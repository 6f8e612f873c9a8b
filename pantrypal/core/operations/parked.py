"""Background work that was given up after too many tries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.journal.models import AuditEntry, InboxEntry


@transaction.atomic
def replay(entries: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Give parked work all its tries again; the relay sends it with its next round. Returns how many there were."""
    require(actor, Permission.ORG_EDIT)
    parked = InboxEntry.objects.select_for_update(of=("self",)).filter(pk__in=list(entries), parked_at__isnull=False)
    found = list(parked.select_related("event").order_by("pk"))
    for entry in found:
        entry.parked_at, entry.deliveries, entry.failures, entry.next_at = None, 0, 0, at
        entry.save(update_fields=["parked_at", "deliveries", "failures", "next_at"])
        AuditEntry.record("delivery.replayed", entry, actor=actor, at=at, work=entry.consumer, event=entry.event.topic)
    return len(found)
