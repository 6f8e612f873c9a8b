"""What is said of a cart and its lines."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import MoneyFormField, QuantityField
from pantrypal.core.gstin import is_gstin


class ScanForm(forms.Form):
    """`code` as scanned or typed; or the product that was chosen from the list."""

    code = forms.CharField(required=False, max_length=500, strip=False)
    product = forms.UUIDField(required=False)
    quantity = QuantityField(label=_("Quantity"), required=False)


class QuantityForm(forms.Form):
    """To so many, or by so many."""

    to = QuantityField(label=_("Quantity"), required=False)
    by = QuantityField(label=_("Quantity"), required=False)


class DiscountForm(forms.Form):
    """`10%` or `5`; empty takes an earlier discount back. No line means the whole bill."""

    line = forms.CharField(required=False, max_length=20)
    off = forms.CharField(label=_("Discount"), required=False, max_length=12)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=80)

    def clean_off(self) -> dict[str, Decimal]:
        text = self.cleaned_data["off"].replace(" ", "").replace(",", ".")
        kind = "percent" if text.endswith("%") else "amount"
        try:
            value = Decimal(text.rstrip("%") or "0")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise forms.ValidationError(_("Give a percentage such as 10% or an amount such as 5."))
        return {kind: value}


class CustomerForm(forms.Form):
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    gstin = forms.CharField(label="GSTIN", required=False, max_length=15)

    def clean_gstin(self) -> str:
        gstin = str(self.cleaned_data["gstin"]).strip().upper()
        if gstin and not is_gstin(gstin):
            raise forms.ValidationError(_("This is not a valid GSTIN: please check each character."))
        return gstin


class PriceForm(forms.Form):
    price = MoneyFormField(label=_("Price"), required=False)


class LotForm(forms.Form):
    """What is on the pack; both empty leave the choice to the till."""

    lot = forms.CharField(label=_("Lot"), required=False, max_length=40)
    expires_on = forms.DateField(label=_("Expires"), required=False)


class CouponForm(forms.Form):
    code = forms.CharField(label=_("Coupon"), max_length=40)


class HoldForm(forms.Form):
    name = forms.CharField(label=_("Name"), required=False, max_length=60)


def line_values(form: QuantityForm) -> dict[str, Any]:
    return {key: value for key, value in form.cleaned_data.items() if value is not None}
