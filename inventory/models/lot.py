"""Goods received together that share an expiry date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Lot(OrgModel):
    """How long it lasts counts from `manufactured_on`, else from `known_since`, the day on which it was entered."""

    product = OrgForeignKey(Product, verbose_name=_("product"))
    code = models.CharField(_("lot number"), max_length=40)
    manufactured_on = models.DateField(_("manufactured"), null=True, blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True, help_text=_("The last day of sale."))
    mrp = MoneyField("MRP", null=True, blank=True)
    known_since = models.DateField(null=True, blank=True, editable=False)
    recalled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [models.UniqueConstraint(fields=["org_id", "product", "code"], name="inventory_lot_code")]
        indexes = [models.Index(fields=["org_id", "expires_on"], name="inventory_lot_expiry")]

    def __str__(self) -> str:
        return self.code
