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

RESTOCK = CreditNoteLine.Disposition.RESTOCK
AS_PAID = ""
EXCHANGE = "exchange"


def disposition_field(*, required: bool = True) -> forms.ChoiceField:
    """What becomes of the goods of one line."""
    return forms.ChoiceField(label=_("The goods go"), choices=CreditNoteLine.Disposition.choices, required=required)


class ReturnForm(forms.Form):
    """`id` is the return's own, made with the form, so that sending it twice gives back once."""

    id = forms.UUIDField()
    reason = forms.CharField(label=_("Reason"), max_length=200)
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
            back, goes = f"back_{line.pk}", f"goes_{line.pk}"
            # How much may come back is the operation's to say: a form sent again has brought it all already.
            self.fields[back] = QuantityField(label=line.name, required=False, min_value=0)
            self.fields[goes] = disposition_field(required=False)

    def returned(self) -> tuple[ReturnLine, ...]:
        given = self.cleaned_data
        back = ((line.pk, given[f"back_{line.pk}"], given[f"goes_{line.pk}"]) for line in self.lines)
        return tuple(ReturnLine(pk, quantity, goes or RESTOCK) for pk, quantity, goes in back if quantity)

    def refunds(self) -> tuple[RefundTender, ...]:
        method = self.cleaned_data["refund"]
        return () if method in (AS_PAID, EXCHANGE) else (RefundTender(method),)

    def rows(self) -> list[tuple[BillLine, Decimal, str, str]]:
        """Each line, how much can come back, and the names of its two fields."""
        return [(line, self.left[line.pk], f"back_{line.pk}", f"goes_{line.pk}") for line in self.lines]
