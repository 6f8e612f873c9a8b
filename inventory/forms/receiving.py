"""What is typed or scanned at the back door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BeginForm(forms.Form):
    """An order that is awaited, or a supplier who has come without one."""

    order = forms.UUIDField(required=False)
    supplier = forms.UUIDField(required=False)
    store = forms.UUIDField(required=False)


class ScanForm(forms.Form):
    """A code from the scanner, or a product picked from the list; how much, and the date printed on it."""

    code = forms.CharField(label=_("code"), max_length=200, required=False)
    product = forms.UUIDField(required=False)
    quantity = forms.DecimalField(label=_("quantity"), max_digits=14, decimal_places=3, required=False)
    expires_on = forms.DateField(label=_("date"), required=False)
    lot = forms.CharField(label=_("lot number"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("code", "").strip() and not values.get("product"):
            raise forms.ValidationError(_("Please scan something, or pick it from the list."))
        values["quantity"] = Decimal(1) if values.get("quantity") is None else values["quantity"]
        return values


class CostForm(forms.Form):
    product = forms.UUIDField()
    cost = forms.DecimalField(label=_("cost of a piece"), min_value=0, max_digits=14, decimal_places=4)


class PostForm(forms.Form):
    delivery_note = forms.CharField(label=_("delivery note"), max_length=40, required=False)
    freight = forms.DecimalField(
        label=_("freight and loading"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    accepts_costs = forms.BooleanField(required=False)


def first_sentence(form: forms.Form) -> str:
    """What is wrong, named as the page names it."""
    field, said = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else None
    return f"{label}: {said[0]}" if label else str(said[0])
