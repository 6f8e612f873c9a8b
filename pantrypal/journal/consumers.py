"""Consumers: what the house does about an event, outside the transaction that caused it.

    @consumer("bill.posted", queue="bills")
    def render_bill_pdf(event: OutboxEvent) -> None: ...

The relay sends a Celery message for each event and consumer; the inbox row makes the effect happen
once. A consumer runs in its org's scope and one transaction, together with its inbox row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from pantrypal.journal.models import InboxEntry, OutboxEvent
from pantrypal.tenancy.celery import OrgTask

log = structlog.get_logger()

MOST_DEATHS = 3
MOST_FAILURES = 8
RETRY_AFTER = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)

Effect = Callable[[OutboxEvent], None]

_consumers_by_topic: defaultdict[str, list[str]] = defaultdict(list)
# Deliveries of webhooks are told to workers like the work of consumers; pantrypal.core has the task.
DELIVERY = "pantrypal.deliver"
_queues: dict[str, str] = {DELIVERY: "webhooks"}


def consumers_by_topic() -> dict[str, list[str]]:
    return dict(_consumers_by_topic)


def queue_of(name: str) -> str:
    """The queue on which a consumer's messages go out."""
    return _queues[name]


def register(work: Callable[..., Any], queue: str, *topics: str) -> str:
    """Note who waits for the topics, and on which queue; returns the consumer's name, <app>.<function>."""
    name = f"{work.__module__.split('.')[0]}.{work.__name__}"
    for topic in topics:
        _consumers_by_topic[topic].append(name)
    _queues[name] = queue
    return name


def consumer(*topics: str, queue: str) -> Callable[[Effect], Any]:
    """Register a Celery task named <app>.<function> that acts once on each event of the topics."""

    def decorate(effect: Effect) -> Any:
        name = register(effect, queue, *topics)

        def run(event_id: str) -> None:
            act_once(name, UUID(event_id), effect)

        return shared_task(name=name, base=OrgTask, atomic=False)(run)

    return decorate


def act_once(name: str, event_id: UUID, effect: Effect) -> None:
    if not begin_delivery(name, event_id):
        return
    try:
        with transaction.atomic():
            entry = InboxEntry.objects.select_for_update().select_related("event").get(event=event_id, consumer=name)
            if entry.done_at is None:
                effect(entry.event)
                entry.done_at, entry.error = timezone.now(), ""
                entry.save(update_fields=["done_at", "error"])
    except Exception as problem:
        note_failure(name, event_id, problem)
        raise


def begin_delivery(name: str, event_id: UUID) -> bool:
    """Count this delivery before anything can go wrong, so that work that kills its worker is parked."""
    with transaction.atomic():
        entry = _waiting(name, event_id)
        if entry is None:
            return False
        if entry.deaths >= MOST_DEATHS:
            _park(entry)
            return False
        entry.deliveries += 1
        entry.next_at = timezone.now() + min(RETRY_AFTER * 2**entry.failures, LONGEST_PAUSE)
        entry.save(update_fields=["deliveries", "next_at"])
        return True


def _waiting(name: str, event_id: UUID) -> InboxEntry | None:
    """The entry, locked, unless it is done, parked or in another worker's hands."""
    waiting = InboxEntry.objects.filter(event=event_id, consumer=name, done_at=None, parked_at=None)
    return waiting.select_for_update(skip_locked=True).first()


def note_failure(name: str, event_id: UUID, problem: Exception) -> None:
    with transaction.atomic():
        entry = _waiting(name, event_id)
        if entry is None:
            return
        entry.failures += 1
        entry.error = f"{type(problem).__name__}: {problem}"
        entry.save(update_fields=["failures", "error"])
        if entry.failures >= MOST_FAILURES:
            _park(entry)


def _park(entry: InboxEntry) -> None:
    entry.parked_at = timezone.now()
    entry.save(update_fields=["parked_at"])
    log.error("inbox.parked", consumer=entry.consumer, event_id=str(entry.event_id), error=entry.error)
