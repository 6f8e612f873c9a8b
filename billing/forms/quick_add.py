"""What must be known of a product before it can be sold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import MoneyFormField
from catalog.gtin import is_gtin
from catalog.models import TaxClass


class QuickAddForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=200)
    price = MoneyFormField(label=_("Price"))
    mrp = MoneyFormField(label="MRP", required=False)
    tax_class = forms.ModelChoiceField(label=_("Tax"), queryset=TaxClass.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tax_class"].queryset = TaxClass.objects.all()  # type: ignore[attr-defined]

    @property
    def is_gtin(self) -> bool:
        return is_gtin(self.cleaned_data["code"])

    def product_values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}
