"""Gapless document numbers and the head of each series' hash chain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class DocumentSeries(OrgModel):
    """One consecutive series of a register, of one kind, for one fiscal year (CGST Rule 46(b)).

    Its row is the last one a sale locks. A sequence would leave gaps when a sale is rolled back.
    """

    class Kind(models.TextChoices):
        BILL = "bill", _("Bills")
        CREDIT_NOTE = "credit_note", _("Credit notes")
        OFFLINE_BILL = "offline_bill", _("Bills made off line")

    register = OrgForeignKey(Register)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("The calendar year in which it begins."))
    prefix = models.CharField(max_length=5)
    last_number = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, help_text=_("Of the last document."))
    total = MoneyField(default=0, help_text=_("Of this series so far."))

    class Meta(OrgModel.Meta):
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "register", "kind", "fiscal_year"], name="billing_series_once"),
            models.UniqueConstraint(fields=["org_id", "prefix", "fiscal_year"], name="billing_series_prefix"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.fiscal_year % 100:02}"
