"""What comes back, why, and how the money goes back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import QuantityField
from billing.models import BillLine, CreditNoteLine
from billing.models.payment import Method
from billing.return_request import RefundTender, ReturnLine

AS_PAID = ""
EXCHANGE = "exchange"


class ReturnForm(forms.Form):
    """`id` is the return's own, made with the form, so that sending it twice gives back once."""

    id = forms.UUIDField()
    reason = forms.CharField(label=_("Reason"), max_length=200)
    disposition = forms.ChoiceField(label=_("The goods go"), choices=CreditNoteLine.Disposition.choices)
    refund = forms.ChoiceField(
        label=_("Given back"),
        required=False,
        choices=[
            (AS_PAID, _("as it was paid")),
            (Method.CASH.value, Method.CASH.label),
            (Method.STORE_CREDIT.value, Method.STORE_CREDIT.label),
            (EXCHANGE, _("exchange for the cart")),
        ],
    )
    is_void = forms.BooleanField(required=False)
    approval = forms.UUIDField(required=False)
    sale = forms.UUIDField(required=False)

    def __init__(self, *args: Any, lines: list[BillLine], left: Mapping[UUID, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.left = lines, left
        for line in lines:
            name = f"back_{line.pk}"
            self.fields[name] = QuantityField(label=line.name, required=False, min_value=0, max_value=left[line.pk])

    def returned(self) -> tuple[ReturnLine, ...]:
        given = self.cleaned_data
        back = ((line, given[f"back_{line.pk}"]) for line in self.lines)
        return tuple(ReturnLine(line.pk, quantity, given["disposition"]) for line, quantity in back if quantity)

    def refunds(self) -> tuple[RefundTender, ...]:
        method = self.cleaned_data["refund"]
        return () if method in (AS_PAID, EXCHANGE) else (RefundTender(method),)

    def rows(self) -> list[tuple[BillLine, Decimal, str]]:
        """Each line, how much can come back, and the name of its field."""
        return [(line, self.left[line.pk], f"back_{line.pk}") for line in self.lines]
