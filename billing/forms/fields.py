"""Amounts and quantities as people type them at a counter."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from pantrypal.core.errors import Invalid

GROUPED = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?")

Form = TypeVar("Form", bound=forms.Form)


class MoneyInput(forms.NumberInput):
    """Typed as text on the numeric keypad; a spinner would change amounts by accident."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "input is-money"} | (attrs or {}))


class MoneyFormField(forms.DecimalField):
    """An amount that is not below zero, in at most two places. A comma groups thousands or lakhs and nothing else:
    60,50 is no amount, for it is not six thousand and fifty."""

    widget = MoneyInput

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=14, decimal_places=2, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removeprefix("₹").strip()
            if "," in value and not GROUPED.fullmatch(value):
                raise forms.ValidationError(_("Write the amount as 1234.50 or 1,234.50."))
            value = value.replace(",", "")
        return super().to_python(value)


class QuantityField(forms.DecimalField):
    """Pieces or kilograms, in at most three places."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=3, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


def understood(form: Form) -> Form:
    """The form, once everything in it is of its kind. Raises Invalid with the first sentence."""
    if form.is_valid():
        return form
    errors = {field: [str(sentence) for sentence in said] for field, said in form.errors.items()}
    field, said = next(iter(errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    raise Invalid(_("%(field)s: %(problem)s") % {"field": label, "problem": said[0]} if label else said[0], errors)
