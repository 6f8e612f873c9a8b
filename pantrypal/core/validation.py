"""Model validation as a refusal."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.money import round_money

M = TypeVar("M", bound=models.Model)


def validated(row: M, *, exclude: tuple[str, ...] = ()) -> M:
    """The row itself, once its fields and constraints hold. Raises Invalid with a sentence a field."""
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as problem:
        raise invalid(problem) from problem
    return row


def save_valid(row: M) -> M:
    """Validate and save. Raises Invalid, also where a twin was saved since it was looked for."""
    try:
        with transaction.atomic():
            validated(row).save()
    except IntegrityError as problem:
        raise Invalid(_("Somebody else has just saved the same. Please look again.")) from problem
    return row


def in_places(amount: Decimal, org: Organization, field: str) -> Decimal:
    """The amount with exactly the places of the org's currency. Raises Invalid where it has more of them."""
    kept = round_money(amount, org.places)
    if kept != amount:
        sentence = _("Amounts in %(currency)s have at most %(places)s decimal places.")
        sentence %= {"currency": org.currency, "places": org.places}
        raise Invalid(sentence, {field: [sentence]})
    return kept


def invalid(problem: ValidationError, prefix: str = "") -> Invalid:
    """The problem as a refusal; `prefix` goes before the names of its fields: lines.0."""
    errors = _by_field(problem.error_dict) if hasattr(problem, "error_dict") else {"__all__": list(problem.messages)}
    errors = {prefix + field: said for field, said in errors.items()}
    first = next(iter(errors.values()))[0]
    return Invalid(first, errors)


def _by_field(problems: dict[str, list[ValidationError]]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for name, said in problems.items():
        for problem in said:
            field, sentences = _told(name, problem)
            errors.setdefault(field, []).extend(sentences)
    return errors


def _told(name: str, problem: ValidationError) -> tuple[str, list[str]]:
    """Django says of a double row that "this Org id and SKU" exist; people know their SKU only."""
    params = getattr(problem, "params", None) or {}
    unique = params.get("unique_check", ())
    fields = [field for field in unique if field not in ("org", "org_id")]
    if len(fields) == len(unique):
        return ("__all__" if name == NON_FIELD_ERRORS else name), list(problem.messages)
    if not fields:
        return "__all__", [_("There is one already.")]
    labels = ", ".join(str(params["model_class"]._meta.get_field(field).verbose_name) for field in fields)
    return fields[-1], [_("There is one with this %s already.") % labels]
