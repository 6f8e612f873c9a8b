"""The first answers of somebody who opens a shop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pantrypal.core.gstin import is_gstin
from pantrypal.core.india import STATES


def _states() -> list[tuple[str, str]]:
    return [("", "—"), *sorted(STATES.items(), key=lambda state: state[1])]


class FoundShopForm(forms.Form):
    name = forms.CharField(label=_("Name of your business"), max_length=120)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=40,
        help_text=_("Small letters, figures and hyphens. Your pages will be at /this-address/."),
    )
    store_name = forms.CharField(label=_("Name of the first store"), max_length=120)
    state_code = forms.ChoiceField(label=_("State"), choices=_states)
    gstin = forms.CharField(
        label="GSTIN", max_length=15, required=False, help_text=_("Leave it empty if you are not registered.")
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean_gstin(self) -> str:
        gstin = str(self.cleaned_data["gstin"]).strip().upper()
        if gstin and not is_gstin(gstin):
            raise forms.ValidationError(_("This is not a valid GSTIN: please check each character."))
        return gstin

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        gstin, state = values.get("gstin"), values.get("state_code")
        if gstin and state and gstin[:2] != state:
            self.add_error("state_code", _("The GSTIN belongs to another state."))
        return values
