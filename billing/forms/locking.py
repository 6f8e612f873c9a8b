"""Naming a device, and showing a PIN."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PairForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this device"),
        max_length=80,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        help_text=_("Such as “PC at counter A”. It can be unpaired again from here or from the back office."),
    )


class PinForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN"),
        min_length=4,
        max_length=8,
        widget=forms.PasswordInput(
            {"inputmode": "numeric", "autocomplete": "off", "autofocus": True, "class": "input is-money"}
        ),
    )
