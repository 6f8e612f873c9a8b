"""Errors as RFC 9457 problems."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from structlog.contextvars import get_contextvars

from pantrypal.core.errors import DomainError, Invalid

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    412: "Precondition failed",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Refused",
    429: "Too many requests",
    500: "Server error",
    503: "Service unavailable",
}


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None lets the exception become a 500."""
    if isinstance(exc, DomainError):
        errors = exc.errors if isinstance(exc, Invalid) else {}
        return problem(exc.status, exc.code, exc.message, errors, plain_data(exc.data))
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    response = problem(exc.status_code, _code(exc), *_sentence_and_errors(exc))
    if header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        response["Retry-After"] = str(int(wait) + 1)
    return response


def problem(
    status: int, code: str, detail: str, errors: dict[str, list[str]] | None = None, more: dict[str, Any] | None = None
) -> Response:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors or {},
        "request_id": get_contextvars().get("request_id"),
    }
    return Response((more or {}) | body, status=status, content_type="application/problem+json")


def plain_data(data: dict[str, Any]) -> dict[str, Any]:
    """What of a refusal's data belongs into JSON: plain values and lists of plain values."""
    return {key: value for key, value in data.items() if isinstance(value, str | int | list | dict)}


def _code(exc: exceptions.APIException) -> str:
    if isinstance(exc, exceptions.ValidationError):
        return "invalid"
    if isinstance(exc, exceptions.ParseError):
        return "malformed"
    return str(getattr(exc, "default_code", "error"))


def _sentence_and_errors(exc: exceptions.APIException) -> tuple[str, dict[str, list[str]]]:
    if not isinstance(exc, exceptions.ValidationError):
        return str(exc.detail), {}
    errors = dict(_flat(exc.detail, ""))
    return next((f"{field}: {said[0]}" for field, said in errors.items()), _("The request is not valid.")), errors


def _flat(detail: Any, path: str) -> list[tuple[str, list[str]]]:
    """Nested errors as field paths such as lines.0.quantity."""
    if isinstance(detail, dict):
        return [pair for key, value in detail.items() for pair in _flat(value, f"{path}.{key}".strip("."))]
    if isinstance(detail, list) and any(isinstance(item, dict) for item in detail):
        return [pair for i, value in enumerate(detail) if value for pair in _flat(value, f"{path}.{i}".strip("."))]
    said = detail if isinstance(detail, list) else [detail]
    return [(path or "__all__", [str(sentence) for sentence in said])]
