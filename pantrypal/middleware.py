"""A warning for each request that somebody had to wait for."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

log = structlog.get_logger()


class SlowRequests:
    """Stands within the log's own middleware, so that its line has request id, person and organization."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        took = int(1000 * (time.perf_counter() - began))
        if took > settings.SLOW_REQUEST_MS:
            log.warning("request.slow", ms=took, method=request.method, path=request.path, status=response.status_code)
        return response
