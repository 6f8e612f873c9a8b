"""How long people and programs wait: a figure for Prometheus, and a warning for each request that took long.

Each process counts for itself; gunicorn's master adds its workers up and shows the sum on a port for the inside only
(deploy/gunicorn.conf.py). Labels are routes and classes of status, never an organization, of which there are too many.
"""

from __future__ import annotations

import time

import structlog
from django.conf import settings
from prometheus_client import Histogram

log = structlog.get_logger()

# Around what is asked of a checkout: 15 ms usual, 100 ms for one in twenty, 300 ms for one in a hundred.
BUCKETS = (0.005, 0.01, 0.015, 0.03, 0.06, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 10)
SECONDS = Histogram(
    "pantrypal_request_seconds",
    "Time from a request's arrival in the process to its answer.",
    ["method", "route", "status"],
    buckets=BUCKETS,
)


def tell(began: float, *, method: str, route: str, path: str, status: int) -> None:
    """Count an answer that was begun at `began` (of time.perf_counter), and say so if it took long."""
    took = time.perf_counter() - began
    SECONDS.labels(method, route, f"{status // 100}xx").observe(took)
    if 1000 * took > settings.SLOW_REQUEST_MS:
        log.warning("request.slow", ms=int(1000 * took), method=method, path=path, status=status)
