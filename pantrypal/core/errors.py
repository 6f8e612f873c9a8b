"""Refusals: a stable code for machines, a sentence for people, a status for HTTP."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule of the shop says no. Nothing was written; `data` helps a page to offer a way out."""

    code = "refused"
    status = 422

    def __init__(self, message: str = "", **data: Any) -> None:
        self.message = str(message)
        self.data = data
        super().__init__(self.message)


class Forbidden(DomainError):
    """The actor's role or key does not allow this."""

    code = "forbidden"
    status = 403


class NotFound(DomainError):
    """There is no such thing in this organization."""

    code = "not_found"
    status = 404


class Invalid(DomainError):
    """A value is not of the form it must have. `errors` maps fields to sentences."""

    code = "invalid"
    status = 400

    def __init__(self, message: str = "", errors: dict[str, list[str]] | None = None, **data: Any) -> None:
        super().__init__(message, **data)
        self.errors = errors or {}
