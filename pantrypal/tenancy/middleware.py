"""Org scope and one transaction per request.

Not ATOMIC_REQUESTS: that covers the view but not the rendering of a TemplateResponse (admin, DRF),
where lazy querysets are evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from pantrypal.tenancy.context import OrgUnavailable, org_scope

MAINTAINED = "This organization is being maintained. Please try again in a moment."
View = TypeVar("View", bound=Callable[..., Any])


def org_non_atomic(view: View) -> View:
    """Opt out of the request's transaction (long exports): the view opens its own atomic() blocks."""
    view.org_non_atomic = True  # type: ignore[attr-defined]
    return view


class OrgScopeMiddleware:
    """Subclasses say in `resolve_org` for which organization the request is."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def resolve_org(self, request: HttpRequest) -> int | HttpResponseBase | None:
        """The org, None for pages that belong to none, or an answer that ends the request here."""
        raise NotImplementedError

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Outside an org the scope is None, not left alone: nothing leaks in from the thread's
        # previous request. Set here, not in process_view: under ASGI that runs in another Context.
        with org_scope(None):
            org_id = self.resolve_org(request)
        if isinstance(org_id, HttpResponseBase):
            return org_id
        with org_scope(org_id), ExitStack() as stack:
            request._org_stack = stack  # type: ignore[attr-defined]
            response = self.get_response(request)
            # Exceptions were already turned into responses below us: an error answer never commits.
            if response.status_code >= 400 and getattr(request, "_org_atomic", False):
                transaction.set_rollback(True)
            return response

    def process_view(self, request: Any, view_func: Any, args: Any, kwargs: Any) -> None:
        if getattr(request, "org_id", None) is not None and not getattr(view_func, "org_non_atomic", False):
            request._org_stack.enter_context(transaction.atomic())
            request._org_atomic = True

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponseBase | None:
        if isinstance(exc, OrgUnavailable):
            problem = {
                "type": "about:blank",
                "title": "Service unavailable",
                "status": 503,
                "code": "org_unavailable",
                "detail": MAINTAINED,
            }
            headers = {"Retry-After": "2"}
            return JsonResponse(problem, status=503, headers=headers, content_type="application/problem+json")
        return None
