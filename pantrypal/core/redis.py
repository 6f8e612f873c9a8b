"""Connections to Redis that know when it is gone.

Asking a dead server costs a failed connection, and a silent one half a second: after the first, the process does
without it for a moment. Whoever asked gets the error it would have got, only sooner.
"""

from __future__ import annotations

import time
from typing import Any, ClassVar

import structlog
from redis.backoff import NoBackoff
from redis.connection import Connection, SSLConnection
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger()

REST = 2.0  # seconds


class RestingConnection(Connection):
    """One try at a time; between a failure and the end of REST none at all."""

    rests_until: ClassVar[dict[tuple[str, int], float]] = {}  # by server

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"retry": Retry(NoBackoff(), 0)}))  # type: ignore[no-untyped-call]

    def connect(self) -> None:
        server = (str(self.host), int(self.port))
        if not self.is_connected and time.monotonic() < self.rests_until.get(server, 0.0):
            raise NoConnection("Redis did not answer a moment ago.")
        try:
            super().connect()  # type: ignore[no-untyped-call]
        except (RedisError, OSError) as problem:
            self.rests_until[server] = time.monotonic() + REST
            log.warning("redis.gone", problem=str(problem))
            raise


class RestingTlsConnection(RestingConnection, SSLConnection):
    """The same for rediss:// addresses."""
