"""The app of a worker whose consumers misbehave as they are told: run by the tests as a process of its own.

celery -A tests.journal.effects worker
python -m tests.journal.effects        the relay, which has to know the same consumers
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import django

from pantrypal.celery import app as app
from pantrypal.core.actor import Actor

django.setup()

from pantrypal.journal.consumers import consumer  # noqa: E402  # needs the models
from pantrypal.journal.models import AuditEntry, OutboxEvent  # noqa: E402

EFFECT = "test.effect"


def _take_effect(event: OutboxEvent) -> None:
    AuditEntry.record(EFFECT, event, actor=Actor.system(event.org_id), at=event.created_at)


@consumer("test.wait", queue="bills")
def wait_for_leave(event: OutboxEvent) -> None:
    """Say that the work has begun, take effect, and stay in the transaction until the file `leave` is there."""
    _take_effect(event)
    place = Path(event.payload["place"])
    (place / "begun").write_text(str(os.getpid()))
    limit = time.monotonic() + 60
    while not (place / "leave").exists() and time.monotonic() < limit:
        time.sleep(0.05)


@consumer("test.poison", queue="bills")
def kill_the_worker(event: OutboxEvent) -> None:
    _take_effect(event)
    os.kill(os.getpid(), signal.SIGKILL)


@consumer("test.error", queue="bills")
def fail_once(event: OutboxEvent) -> None:
    """An ordinary error on the first try."""
    _take_effect(event)
    tried = Path(event.payload["place"]) / "tried"
    if not tried.exists():
        tried.touch()
        raise ValueError("The printer is on fire.")
