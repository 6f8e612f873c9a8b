"""API sign-in. OrgMiddleware has resolved key or session already; here DRF is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        if not request.headers.get("Authorization"):
            return None
        actor = getattr(request._request, "actor", None)
        if actor is None or actor.kind != "key":
            raise AuthenticationFailed(_("This API key is unknown, expired or revoked."))
        return None, actor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class OrgSessionAuthentication(SessionAuthentication):
    """The session of our own pages, with CSRF."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = super().authenticate(request)
        actor = getattr(request._request, "actor", None)
        return (found[0], actor) if found and actor is not None else None
