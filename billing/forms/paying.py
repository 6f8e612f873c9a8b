"""How a bill is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import MoneyFormField
from billing.models.payment import Method
from billing.sale import Tender

SPLIT = "split"


class AgeForm(forms.Form):
    """The buyer is at least so old; then the payment goes on by `method`."""

    age = forms.IntegerField(min_value=1, max_value=150)
    method = forms.CharField(required=False, max_length=20)


class PayForm(forms.Form):
    """One way to pay, or `split` with an amount for each of several; cash takes what the others leave.

    `total` is what the cashier saw.
    """

    total = forms.DecimalField()
    method = forms.ChoiceField(choices=[*((method.value, method.label) for method in Method), (SPLIT, _("Split"))])
    tendered = MoneyFormField(label=_("Cash received"), required=False)
    reference = forms.CharField(label=_("Reference"), required=False, max_length=64)
    oversell = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for method in Method:
            if method != Method.CASH:
                self.fields[f"amount_{method}"] = MoneyFormField(label=method.label, required=False)
                self.fields[f"reference_{method}"] = forms.CharField(required=False, max_length=64)

    def tenders(self) -> tuple[Tender, ...]:
        given = self.cleaned_data
        if given["method"] == SPLIT:
            return self._split()
        if given["method"] == Method.CASH:
            return (Tender(Method.CASH, tendered=given["tendered"]),)
        return (Tender(given["method"], reference=given["reference"].strip()),)

    def _split(self) -> tuple[Tender, ...]:
        given = self.cleaned_data
        amounts = {method: given[f"amount_{method}"] for method in Method if method != Method.CASH}
        tenders = [
            Tender(method, amount, reference=given[f"reference_{method}"].strip())
            for method, amount in amounts.items()
            if amount
        ]
        rest = given["total"] - sum((tender.amount or Decimal(0) for tender in tenders), Decimal(0))
        if rest > 0 or given["tendered"]:
            tenders.append(Tender(Method.CASH, rest, given["tendered"]))
        return tuple(tenders)
