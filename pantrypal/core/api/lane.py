"""The fast lane: hot API requests by key, past the middleware and the dispatch that they do not need.

No session, cookie, CSRF token, message or content negotiation can matter to them. The very methods of the view sets
answer, behind the same checks: key, limits, permission, known parameters, one transaction of the organization. Whatever
is not plain (a session, an Idempotency-Key, an unknown key, another Accept) takes the ordinary way, and a test holds
both ways to the same answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from rest_framework.response import Response
from structlog.contextvars import bind_contextvars, clear_contextvars

from pantrypal.core.api.problems import answer, problem
from pantrypal.core.api.rendering import to_json
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.entries import Entry, entry_by_key
from pantrypal.core.watching import tell
from pantrypal.tenancy.context import OrgUnavailable, org_scope
from pantrypal.tenancy.middleware import MAINTAINED

# (method, path without its last slash) -> (view set, its method)
Lanes = Mapping[tuple[str, str], tuple[type[OrgViewSet], str]]
JSON = "application/json"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class LeanRequest:
    """What the view sets use of DRF's request."""

    def __init__(self, request: HttpRequest, entry: Entry) -> None:
        self._request, self.auth, self.user = request, entry.actor, None
        self.query_params = request.GET

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)


class FastLane:
    """The outermost middleware. `lanes` are the roof's."""

    lanes: Lanes = {}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        lane = self.lanes.get((str(request.method), request.path_info.rstrip("/")))
        if lane is None or not _is_plain(request):
            return self.get_response(request)
        entry = entry_by_key(request.headers["Authorization"][7:].strip(), timezone.now())
        if entry is None:
            return self.get_response(request)
        return _serve(request, entry, *lane)


def _is_plain(request: HttpRequest) -> bool:
    headers = request.headers
    return (
        headers.get("Authorization", "")[:7].lower() == "bearer "
        and "Idempotency-Key" not in headers
        and not headers.get("Cookie")
        and headers.get("Accept", JSON) in (JSON, "*/*")
        and (request.method == "GET" or headers.get("Content-Type", "").partition(";")[0] == JSON)
        and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
    )


def _serve(request: HttpRequest, entry: Entry, view_set: type[OrgViewSet], name: str) -> HttpResponseBase:
    request.org, request.org_id, request.actor = entry.org, entry.org.pk, entry.actor  # type: ignore[attr-defined]
    request.get_host()  # raises for a host that is not ours
    request_id = request.headers.get("X-Request-ID", "")[:64] or str(uuid4())
    bind_contextvars(request_id=request_id, org_id=entry.org.pk)
    language = translation.get_language_from_request(request) if "Accept-Language" in request.headers else "en"
    try:
        with translation.override(language), org_scope(entry.org.pk):
            began = time.perf_counter()
            response = _answer(request, entry, view_set, name)
            path, status = request.path_info, response.status_code
            tell(began, method=str(request.method), route=path.strip("/"), path=path, status=status)
    finally:
        clear_contextvars()
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    for header, value in ALWAYS.items():
        response[header] = value
    return response


def _answer(request: HttpRequest, entry: Entry, view_set: type[OrgViewSet], name: str) -> HttpResponse:
    lean: Any = LeanRequest(request, entry)
    view = view_set()
    view.request, view.action, view.kwargs, view.format_kwarg = lean, name, {}, None
    try:
        with transaction.atomic():
            view.admit(lean)
            response = getattr(view, name)(lean)
            if response.status_code >= 400:
                transaction.set_rollback(True)
    except OrgUnavailable:
        response = problem(503, "org_unavailable", MAINTAINED)
        response["Retry-After"] = "2"
    except Exception as refusal:
        refused = answer(refusal, {})
        if refused is None:
            raise
        response = refused
    return _rendered(view, response)


def _rendered(view: OrgViewSet, response: Response) -> HttpResponse:
    content_type = response.content_type or JSON
    body = b"" if response.data is None else to_json(response.data)
    rendered = HttpResponse(body, status=response.status_code, content_type=content_type)
    for header, value in response.headers.items():
        if header not in ("Content-Type", "Content-Length"):
            rendered[header] = value
    for header, value in view.limit_headers().items():
        rendered[header] = value
    return rendered
