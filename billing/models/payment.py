"""How a bill was paid."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.bill import Bill
from customers.models import StoredValue
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Method(models.TextChoices):
    CASH = "cash", _("Cash")
    CARD = "card", _("Card")
    UPI = "upi", _("UPI")
    STORE_CREDIT = "store_credit", _("Store credit")


def method_choices() -> list[tuple[str, str]]:
    """A function, so that a new way to pay makes no migration."""
    return [(method.value, str(method.label)) for method in Method]


class Payment(OrgModel):
    """The payments of a bill add up to its total. Cash knows what was handed over and given back."""

    bill = OrgForeignKey(Bill, related_name="payments")
    position = models.PositiveSmallIntegerField()
    method = models.CharField(_("method"), max_length=12, choices=method_choices)
    amount = MoneyField(_("amount"))
    tendered = MoneyField(_("handed over"), null=True)
    reference = models.CharField(_("reference"), max_length=64, blank=True)
    stored_value = OrgForeignKey(StoredValue, null=True, verbose_name=_("store credit"))

    class Meta(OrgModel.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "bill", "position"], name="billing_payment_position"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_payment_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.amount}"
