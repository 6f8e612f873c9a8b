"""Counting the drawer, and cash into and out of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import MoneyFormField, MoneyInput
from billing.models import CashMovement

Kind = CashMovement.Kind


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
