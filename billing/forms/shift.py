"""Counting the drawer, and cash into and out of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.cash_notes import denominations
from billing.forms.fields import MoneyFormField, MoneyInput
from billing.models import CashMovement

Kind = CashMovement.Kind
SMALLEST = "0.01"


class OpenShiftForm(forms.Form):
    opening_float = MoneyFormField(
        label=_("Cash in the drawer now"), widget=MoneyInput({"autofocus": True, "placeholder": "0.00"})
    )


class CashForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What"), choices=[(kind.value, kind.label) for kind in Kind if kind != Kind.NO_SALE]
    )
    amount = MoneyFormField(label=_("Amount"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class DrawerForm(forms.Form):
    """`approval` is a manager's yes that was given a moment ago."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    approval = forms.UUIDField(required=False)


class CountForm(forms.Form):
    """How many of each note and coin; what is too small to be counted singly is one amount."""

    small = MoneyFormField(label=_("Smaller coins, together"), required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = denominations(currency)
        for i, value in enumerate(self.values):
            attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "input number", "data-worth": value}
            widget = forms.TextInput(attrs | ({"autofocus": True} if i == 0 else {}))
            self.fields[f"count_{i}"] = forms.IntegerField(
                label=value, min_value=0, max_value=100_000, required=False, widget=widget
            )
        self.fields["small"].widget.attrs["data-worth"] = "1"

    @property
    def denominations(self) -> dict[str, int]:
        """Of each value how many; small coins as so many of the smallest there could be."""
        given = self.cleaned_data
        counts = {value: given[f"count_{i}"] or 0 for i, value in enumerate(self.values)}
        if given["small"]:
            counts[SMALLEST] = counts.get(SMALLEST, 0) + int(given["small"] / Decimal(SMALLEST))
        return {value: count for value, count in counts.items() if count}

    @property
    def counted(self) -> Decimal:
        return sum((Decimal(value) * count for value, count in self.denominations.items()), Decimal(0))

    def rows(self) -> list[tuple[Decimal, forms.BoundField]]:
        return [(Decimal(value), self[f"count_{i}"]) for i, value in enumerate(self.values)]
