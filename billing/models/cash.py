"""Cash that goes into or out of a drawer for other reasons than a sale."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.shift import Shift
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class CashMovement(OrgModel):
    """Rows are added, never changed (trigger). The amount is positive; the kind says which way it goes."""

    class Kind(models.TextChoices):
        CASH_IN = "cash_in", _("Cash in")
        CASH_OUT = "cash_out", _("Cash out")
        DROP = "cash_drop", _("Cash to the safe")
        NO_SALE = "no_sale", _("Drawer opened without a sale")

    shift = OrgForeignKey(Shift, verbose_name=_("shift"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = MoneyField(_("amount"), default=0)
    reason = models.CharField(_("reason"), max_length=200)
    reason_code = models.CharField(max_length=20, blank=True)
    actor = models.CharField(_("who"), max_length=254)
    at = models.DateTimeField(_("when"))

    class Meta(OrgModel.Meta):
        verbose_name = _("cash movement")
        verbose_name_plural = _("cash movements")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_cashmovement_not_negative")
        ]
        indexes = [models.Index(fields=["org_id", "shift"], name="billing_cashmovement_shift")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
