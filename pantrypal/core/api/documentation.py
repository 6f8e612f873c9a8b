"""What the OpenAPI document says of our structs (each is a component, made from its definition) and of sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, extend_schema

F = TypeVar("F", bound=Callable[..., Any])

_REF = "#/components/schemas/{name}"
_structs: set[type[msgspec.Struct]] = set()
_names: dict[str, type[msgspec.Struct]] = {}


class Problem(msgspec.Struct):
    """An error (RFC 9457). `code` is stable; `errors` maps fields to sentences."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, list[str]]
    request_id: str | None


def documented(
    *,
    summary: str,
    body: type[msgspec.Struct] | None = None,
    body_type: str = "application/json",
    answer: type[msgspec.Struct] | None = None,
    many: bool = False,
    statuses: tuple[int, ...] = (200,),
    parameters: dict[str, str] | None = None,
    name: str | None = None,
) -> Callable[[F], F]:
    """Describe an endpoint: its body, its answer (a page of them when `many`) and its query parameters.

    `name` is its operationId, where the one made from the path would be another's.
    """
    shown = _reference(answer) if answer else None
    if many:
        shown = _page_of(shown)
    problems = {(status, "application/problem+json"): _reference(Problem) for status in (400, 401, 403, 404, 409, 422)}
    decorate: Callable[[F], F] = extend_schema(
        summary=summary,
        operation_id=name,
        request={body_type: _reference(body)} if body else None,
        responses={(status, "application/json"): shown for status in statuses} | problems,
        parameters=[OpenApiParameter(name, description=said) for name, said in (parameters or {}).items()]
        + ([_LIMIT, _CURSOR] if many else []),
        filters=False,
    )
    return decorate


_LIMIT = OpenApiParameter("limit", int, description="Rows on a page: 50, at most 200.")
_CURSOR = OpenApiParameter("cursor", str, description="Opaque; from `next` of the page before.")


def described() -> frozenset[type[msgspec.Struct]]:
    """Every body and answer that the document names."""
    return frozenset(_structs)


def _reference(struct: type[msgspec.Struct]) -> dict[str, str]:
    if _names.setdefault(struct.__name__, struct) is not struct:
        raise ImproperlyConfigured(f"Two structs are called {struct.__name__}; the document needs a name for each.")
    _structs.add(struct)
    return {"$ref": _REF.format(name=struct.__name__)}


def _page_of(item: dict[str, str] | None) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["results", "next"],
        "properties": {
            "results": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "format": "uri", "description": "Address of the next page."},
        },
    }


def without_trailing_slash(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """drf-spectacular's preprocessing hook: both forms of a path work, and the documents name one."""
    return [(path.rstrip("/"), regex, method, view) for path, regex, method, view in endpoints]


def add_components(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """drf-spectacular's postprocessing hook."""
    _, schemas = msgspec.json.schema_components(sorted(_structs, key=lambda s: s.__name__), ref_template=_REF)
    result.setdefault("components", {}).setdefault("schemas", {}).update(schemas)
    return result


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # not typed there
    target_class = "pantrypal.core.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key: pp_..., made in the back office."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "pantrypal.core.api.authentication.OrgSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
