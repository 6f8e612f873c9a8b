"""What of the cart comes back although its bill is lost, and to whom the store credit goes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.fields import QuantityField
from billing.forms.returning import disposition_field
from billing.models.payment import Method
from billing.return_request import RefundTender, UnbilledLine
from billing.sale import Buyer

# Before the id of a line of the cart.
BACK, PRODUCT, CODE, GOES = "back_", "product_", "code_", "goes_"


class ReturnWithoutBillForm(forms.Form):
    """`id` is the return's own. The lines come with the form, so that a repeat needs no cart."""

    id = forms.UUIDField()
    sale = forms.UUIDField()
    reason = forms.CharField(label=_("Reason"), max_length=200)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    refund = forms.ChoiceField(
        label=_("Given back"),
        required=False,
        choices=[(method.value, method.label) for method in (Method.STORE_CREDIT, Method.CASH)],
    )
    approval = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [name.removeprefix(BACK) for name in self.data if name.startswith(BACK)]
        for one in self.ids:
            self.fields[BACK + one] = QuantityField(label=_("Comes back"), min_value=Decimal(0))
            self.fields[PRODUCT + one] = forms.UUIDField()
            self.fields[CODE + one] = forms.CharField(required=False, max_length=500, strip=False)
            self.fields[GOES + one] = disposition_field()

    def taken(self) -> dict[str, Decimal]:
        """How much of each line of the cart, by the line's id."""
        return {one: self.cleaned_data[BACK + one] for one in self.ids if self.cleaned_data[BACK + one]}

    def lines(self) -> tuple[UnbilledLine, ...]:
        return tuple(self._line(one) for one in self.taken())

    def _line(self, one: str) -> UnbilledLine:
        """By its code if it has one: a case is no single piece."""
        given, code = self.cleaned_data, self.cleaned_data[CODE + one]
        product = None if code else given[PRODUCT + one]
        return UnbilledLine(given[BACK + one], product, code, given[GOES + one])

    def refunds(self) -> tuple[RefundTender, ...]:
        method = self.cleaned_data["refund"]
        return (RefundTender(method),) if method else ()

    def buyer(self) -> Buyer | None:
        phone = self.cleaned_data["phone"]
        return Buyer(phone=phone) if phone else None
