"""The figures of a shift at its end."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from billing.models.shift import Shift
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ZReport(OrgModel):
    """Made once, at closing, and never changed (trigger). Numbered without a gap for each register.

    `grand_total` is what the register has ever taken, less what it has ever given back: it only goes on,
    also over fiscal years, so a removed period would show.
    """

    register = OrgForeignKey(Register, verbose_name=_("register"))
    shift = OrgForeignKey(Shift)
    number = models.PositiveIntegerField(_("number"))
    closed_at = models.DateTimeField(_("closed"))
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    period_total = MoneyField(_("of this shift"))
    grand_total = MoneyField(_("grand total"))
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta(OrgModel.Meta):
        verbose_name = _("Z report")
        verbose_name_plural = _("Z reports")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "register", "number"], name="billing_zreport_number"),
            models.UniqueConstraint(fields=["org_id", "shift"], name="billing_zreport_once"),
        ]

    def __str__(self) -> str:
        return f"Z {self.number}"
