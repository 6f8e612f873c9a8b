"""manage.py relay: runs until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from pantrypal.journal.relay import relay_once, resend_due

log = structlog.get_logger()

IDLE = 0.2
SWEEP = 5.0


class Command(BaseCommand):
    help = "Hand events from the outbox of every shard to the workers."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        next_sweep = time.monotonic()
        while not stop.is_set():
            try:
                sweep = time.monotonic() >= next_sweep
                sent = sum(self._serve(schema, sweep=sweep) for schema in self._schemas())
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

    def _schemas(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT schema_name FROM org_route")
            return [row[0] for row in cursor.fetchall()]
