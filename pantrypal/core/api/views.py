"""The base of every API view."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar

import msgspec
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor
from pantrypal.core.api import idempotency
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.permissions import ActorMay
from pantrypal.core.api.rendering import StructRenderer, to_json
from pantrypal.core.api.throttles import PlanThrottle
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.models import Organization
from pantrypal.core.queries import as_uuid

PAGING = {"limit", "cursor"}


class Stale(DomainError):
    """If-Match names a version that is no longer the newest."""

    code = "stale"
    status = 412


class OrgViewSet(viewsets.GenericViewSet[Any]):
    """Rows come from the scoped manager and nowhere else.

    A subclass states `read_permission`, `write_permission`, its `keyset` order, the query `parameters`
    that its list takes (others are refused), the actions that are `paged`, and `shown`, which makes the
    answer of a row.
    """

    permission_classes = [ActorMay]
    renderer_classes = [StructRenderer]
    pagination_class = KeysetPage
    throttle_classes = [PlanThrottle]
    read_permission: ClassVar[Permission | None] = None
    write_permission: ClassVar[Permission | None] = None
    keyset: ClassVar[tuple[str, ...]] = ("-id",)
    parameters: ClassVar[dict[str, Any]] = {}
    paged: ClassVar[tuple[str, ...]] = ("list",)
    lookup_value_regex = "[^/]+"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "get_queryset" in cls.__dict__:
            raise ImproperlyConfigured(f"{cls.__name__}: narrow rows in filter_queryset instead.")

    # -- what subclasses use ------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """ActorMay has already turned everyone else away."""
        assert isinstance(self.request.auth, Actor)
        return self.request.auth

    @property
    def org(self) -> Organization:
        org: Organization = self.request._request.org  # type: ignore[attr-defined]
        return org

    def shown(self, row: Any) -> msgspec.Struct:
        raise NotImplementedError

    def page(self, rows: Any) -> Response:
        """One keyset page of the queryset, each row as `shown`."""
        page = self.paginate_queryset(rows)
        assert page is not None
        return self.get_paginated_response([self.shown(row) for row in page])

    def row(self, rows: Any, pk: str) -> Any:
        """The row with this id. Raises Http404, also for one of another organization."""
        found = rows.filter(pk=as_uuid(pk)).first() if as_uuid(pk) else None
        if found is None:
            raise Http404
        return found

    def changes(self, body: msgspec.Struct) -> dict[str, Any]:
        """The fields that a PATCH names."""
        return {name: value for name, value in msgspec.structs.asdict(body).items() if value is not msgspec.UNSET}

    def one(self, row: Any) -> Response:
        """A single object with its ETag; 304 when the reader has this version already."""
        answer = self.shown(row)
        tag = etag(answer)
        if tag in self.request.headers.get("If-None-Match", ""):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return Response(answer, headers={"ETag": tag})

    def require_fresh(self, row: Any) -> None:
        """Raises Stale where If-Match names another version of the row than the present one."""
        wanted = self.request.headers.get("If-Match")
        if wanted and wanted != "*" and etag(self.shown(row)) not in wanted:
            raise Stale(_("Somebody has changed this meanwhile. Please read it again."))

    # -- what holds for every request ---------------------------------------------------------

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.require_known_parameters(request)
        if request.method == "POST" and (key := idempotency.key_of(request)):
            idempotency.begin(request, key)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, idempotency.Replay):
            kept = exc.kept
            headers = {"Idempotent-Replayed": "true"} | ({"Location": kept.location} if kept.location else {})
            return Response(msgspec.Raw(kept.body.encode()), status=kept.status, headers=headers)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        is_first = request.method == "POST" and response.status_code < 300 and "Idempotent-Replayed" not in response
        if is_first and (key := idempotency.key_of(request)):
            idempotency.keep(request, key, response)
        for header, value in self.limit_headers().items():
            response[header] = value
        return response

    def admit(self, request: Request) -> None:
        """What `initial` asks of a request, for one whose key is known already (pantrypal.core.api.lane)."""
        self.check_permissions(request)
        self.check_throttles(request)
        self.require_known_parameters(request)

    def limit_headers(self) -> dict[str, str]:
        """What the plan leaves in this minute."""
        if not (limits := getattr(self.request._request, "rate_limit", None)):
            return {}
        limit, remaining, rest = limits
        return {"RateLimit-Policy": f'"plan";q={limit};w=60', "RateLimit": f'"plan";r={remaining};t={rest}'}

    def require_known_parameters(self, request: Request) -> None:
        known = set(self.parameters) | (PAGING if self.action in self.paged else set())
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            sentence = _("Unknown parameter.")
            raise Invalid(f"{unknown[0]}: {sentence}", {name: [sentence] for name in unknown})


def etag(answer: msgspec.Struct) -> str:
    return f'"{sha256(to_json(answer)).hexdigest()[:32]}"'
