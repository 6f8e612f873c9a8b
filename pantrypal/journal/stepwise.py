"""Consumers whose work is too long for one transaction.

    @stepwise_consumer("import.wanted", queue="imports")
    def import_list(event: OutboxEvent) -> Iterator[object]: ...

The work is a generator that commits a step, yields, and can be taken up again from what it has committed. Each
step prolongs the lease of the inbox row; when a worker dies, the lease runs out and the relay sends the message
again. Long work lays itself down after a while and is sent again at once, well inside Celery's time limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pantrypal.journal.consumers import begin_delivery, note_failure, register
from pantrypal.journal.models import InboxEntry, OutboxEvent
from pantrypal.tenancy.celery import OrgTask

LEASE = timedelta(seconds=60)
LONGEST_TURN = 150  # seconds

Work = Callable[[OutboxEvent], Iterator[object]]


class Busy(Exception):
    """Somebody else is at this work; look again when their lease should have ended."""


def stepwise_consumer(topic: str, *, queue: str) -> Callable[[Work], Any]:
    """Register a Celery task named <app>.<function> that works on each event of the topic until it is done."""

    def decorate(work: Work) -> Any:
        name = register(work, queue, topic)

        def run(event_id: str) -> None:
            act_in_steps(name, UUID(event_id), work)

        return shared_task(name=name, base=OrgTask, atomic=False)(run)

    return decorate


def act_in_steps(name: str, event_id: UUID, work: Work) -> None:
    if not begin_delivery(name, event_id):
        return
    with transaction.atomic():
        event = OutboxEvent.objects.get(pk=event_id)
    until = time.monotonic() + LONGEST_TURN
    try:
        for _step in work(event):
            if time.monotonic() > until:
                _lay_down(name, event_id, timedelta())
                return
            _update(name, event_id, next_at=timezone.now() + LEASE)
    except Busy:
        _lay_down(name, event_id, LEASE)
    except Exception as problem:
        note_failure(name, event_id, problem)
        raise
    else:
        _update(name, event_id, done_at=timezone.now(), error="")


def _lay_down(name: str, event_id: UUID, pause: timedelta) -> None:
    """This delivery ends in order, and so does not count as a death."""
    _update(name, event_id, next_at=timezone.now() + pause, deliveries=F("deliveries") - 1)


def _update(name: str, event_id: UUID, **values: Any) -> None:
    with transaction.atomic():
        InboxEntry.objects.filter(event=event_id, consumer=name, done_at=None).update(**values)
