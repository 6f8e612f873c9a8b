"""How long people and programs wait: a figure for Prometheus, and a warning for each request that took long.

Each process counts for itself; gunicorn's master adds its workers up and shows the sum on a port for the inside only
(deploy/gunicorn.conf.py). Labels are routes and classes of status, never an organization, of which there are too many.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
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


def watched(
    request: HttpRequest, respond: Callable[[], HttpResponseBase], *, route: str | None = None
) -> HttpResponseBase:
    """What `respond` answers; its time is counted, and told if it was long. `route` where no URL is resolved."""
    began = time.perf_counter()
    response = respond()
    took = time.perf_counter() - began
    status = response.status_code
    SECONDS.labels(request.method, route or _route(request), f"{status // 100}xx").observe(took)
    if 1000 * took > settings.SLOW_REQUEST_MS:
        log.warning("request.slow", ms=int(1000 * took), method=request.method, path=request.path, status=status)
    return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match else "unknown"


class Watched:
    """Stands within the log's own middleware, so that its line has request id, person and organization."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return watched(request, lambda: self.get_response(request))
