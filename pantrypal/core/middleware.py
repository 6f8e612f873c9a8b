"""Finds the organization and the actor of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone
from structlog.contextvars import bind_contextvars

from pantrypal.core.entries import Entry, entry_by_key, entry_by_membership
from pantrypal.core.models.organization import RESERVED_SLUGS
from pantrypal.tenancy.middleware import OrgScopeMiddleware

ORG_URLS = "pantrypal.org_urls"
SESSION_ORG = "org"


class OrgMiddleware(OrgScopeMiddleware):
    """Serves everything under /<org>/ as if the site were mounted there.

    The slug moves from the path to the script prefix, so URL patterns, reverse() and the admin never
    mention it. Below /api/ the org comes from the key, or from the session's last organization.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        outer = get_script_prefix()
        try:
            return super().__call__(request)
        finally:
            set_script_prefix(outer)

    def resolve_org(self, request: Any) -> int | HttpResponseBase | None:
        request.org_id = request.org = request.actor = None
        request.memberships = []
        segment, slash, rest = request.path_info.lstrip("/").partition("/")
        if segment == "api":
            if not self._enter_by_key(request):
                self._enter_by_session(request)
            return self._serving(request)
        if not segment or segment in RESERVED_SLUGS:
            return None
        if not slash and request.method in ("GET", "HEAD"):
            return redirect(f"{request.path}/")
        if not self._enter_by_key(request):
            if not request.user.is_authenticated:
                return self._to_sign_in(request)
            self._enter_by_path(request, segment)
        if request.org is None or request.org.slug != segment:
            raise Http404  # unknown and forbidden answer alike, so slugs cannot be probed
        request.path_info = f"/{rest}"
        request.urlconf = ORG_URLS
        set_script_prefix(f"{get_script_prefix()}{segment}/")
        return self._serving(request)

    def _enter_by_key(self, request: Any) -> bool:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return False
        return self._enter(request, entry_by_key(secret.strip(), timezone.now()))

    def _enter_by_session(self, request: Any) -> None:
        if request.user.is_authenticated and (slug := request.session.get(SESSION_ORG)):
            self._enter_by_path(request, slug)

    def _enter_by_path(self, request: Any, slug: str) -> None:
        if self._enter(request, entry_by_membership(request.user, slug)) and request.session.get(SESSION_ORG) != slug:
            request.session[SESSION_ORG] = slug

    def _enter(self, request: Any, entry: Entry | None) -> bool:
        if entry is None:
            return False
        request.org, request.actor, request.memberships = entry.org, entry.actor, list(entry.memberships)
        return True

    def _serving(self, request: Any) -> int | None:
        org_id: int | None = None if request.org is None else request.org.pk
        bind_contextvars(org_id=org_id)  # each line that this request logs says so
        request.org_id = org_id
        return org_id

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        back = (
            request.get_full_path() if request.method == "GET" else request.headers.get("HX-Current-URL", request.path)
        )
        address = f"/accounts/login/?next={quote(back)}"
        if request.headers.get("HX-Request"):
            # htmx follows a plain redirect and would swap the sign-in page into the fragment.
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        return redirect(address)
