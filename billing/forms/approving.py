"""What a manager says yes to, and by what they are known."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import ApprovalKind


class ApprovalForm(forms.Form):
    kind = forms.ChoiceField(choices=ApprovalKind.choices)
    subject = forms.UUIDField()
    amount = forms.DecimalField(required=False, max_digits=18, decimal_places=4)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    pin = forms.CharField(label=_("PIN"), required=False, max_length=8)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    password = forms.CharField(label=_("Password"), required=False, max_length=200, strip=False)

    def clean_kind(self) -> ApprovalKind:
        return ApprovalKind(self.cleaned_data["kind"])
