"""How long each request took is counted, and told where somebody had to wait."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from pantrypal.core.watching import tell


class Watched:
    """Stands within the log's own middleware, so that a slow request's line has its id, person and organization."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "unknown"
        tell(began, method=str(request.method), route=route, path=request.path, status=response.status_code)
        return response
