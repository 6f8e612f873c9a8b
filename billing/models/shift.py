"""One cashier's time at one drawer, and its running books."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Shift(OrgModel):
    """A sale holds a share lock on its shift's row, and closing takes the whole lock: each sale
    belongs to exactly one shift, also when the close is raced."""

    store_id = models.UUIDField()
    register = OrgForeignKey(Register)
    business_date = models.DateField(_("business date"))
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=254)
    opening_float = MoneyField(_("opening float"), default=0)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=254, blank=True)
    counted_cash = MoneyField(_("counted cash"), null=True, blank=True)
    expected_cash = MoneyField(_("expected cash"), null=True, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "register"],
                condition=models.Q(closed_at__isnull=True),
                name="billing_shift_one_open",
            )
        ]
        indexes = [models.Index(fields=["org_id", "-opened_at", "-id"], name="billing_shift_recent")]

    def __str__(self) -> str:
        return f"{self.register} · {date_format(self.business_date)}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def variance(self) -> Decimal | None:
        """Counted less expected: above zero is over, below is short; None while the shift is open."""
        if self.counted_cash is None or self.expected_cash is None:
            return None
        return Decimal(self.counted_cash - self.expected_cash)


class ShiftTally(OrgModel):
    """A running sum of a shift, carried on by every sale, so that X and Z reports are reads.

    `kind` and `name`: ("sales", ""), ("payment", "cash"), ("tax", "CGST 2.5"), ("round_off", "") ...
    """

    shift = OrgForeignKey(Shift)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=30, blank=True)
    amount = MoneyField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "shift", "kind", "name"], name="billing_tally_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.amount}"
