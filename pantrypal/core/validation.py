"""Model validation as a refusal."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from pantrypal.core.errors import Invalid

M = TypeVar("M", bound=models.Model)


def validated(row: M, *, exclude: tuple[str, ...] = ()) -> M:
    """The row itself, once its fields and constraints hold. Raises Invalid with a sentence a field."""
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as problem:
        raise invalid(problem) from problem
    return row


def invalid(problem: ValidationError) -> Invalid:
    if hasattr(problem, "error_dict"):
        errors = {("__all__" if f == NON_FIELD_ERRORS else f): list(m) for f, m in problem.message_dict.items()}
    else:
        errors = {"__all__": list(problem.messages)}
    first = next(iter(errors.values()))[0]
    return Invalid(first, errors)
