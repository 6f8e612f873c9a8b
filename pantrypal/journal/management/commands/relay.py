"""manage.py relay: runs until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from pantrypal.journal import metrics
from pantrypal.journal.relay import relay_once, resend_due, schemas

log = structlog.get_logger()

IDLE = 0.2
SWEEP = 5.0


class Command(BaseCommand):
    help = "Hand events from the outbox of every shard to the workers."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        if settings.METRICS_PORT:
            metrics.serve(settings.METRICS_PORT, settings.METRICS_HOST)
        next_sweep = time.monotonic()
        while not stop.is_set():
            try:
                sweep = time.monotonic() >= next_sweep
                sent = sum(self._serve(schema, sweep=sweep) for schema in schemas())
            except (OperationalError, BrokerError, RedisError, ConnectionError) as problem:
                log.warning("relay.waiting", problem=str(problem))
                connection.close()
                stop.wait(2)
                continue
            if sweep:
                next_sweep = time.monotonic() + SWEEP
            if not sent:
                stop.wait(IDLE)

    def _serve(self, schema: str, *, sweep: bool) -> int:
        return relay_once(schema) + (resend_due(schema) if sweep else 0)
