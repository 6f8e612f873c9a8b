"""What is done with a posted bill at the till."""

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

from billing.models import BillMessage

Channel = BillMessage.Channel


class SendForm(forms.Form):
    channel = forms.ChoiceField(choices=Channel.choices)
    to = forms.CharField(label=pgettext_lazy("addressee", "To"), required=False, max_length=254)

    def clean_channel(self) -> BillMessage.Channel:
        return Channel(self.cleaned_data["channel"])
