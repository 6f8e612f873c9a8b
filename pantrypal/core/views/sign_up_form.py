"""What we ask of a new person besides e-mail and password (allauth's ACCOUNT_SIGNUP_FORM_CLASS)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pantrypal.core.models import User


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name", "autofocus": True})
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
