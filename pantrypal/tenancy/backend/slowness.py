"""A warning for each SQL statement that took long; without its values, which may be about people."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings

log = structlog.get_logger()

SHOWN = 300


def tell_slow(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Django's form of an execute wrapper."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = int(1000 * (time.perf_counter() - began))
        if took > settings.SLOW_SQL_MS:
            log.warning("sql.slow", ms=took, sql=str(sql)[:SHOWN])
