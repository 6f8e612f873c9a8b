"""What a product is for tax, and at which rate on which day."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.fields import RateField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class TaxClass(OrgModel):
    code = models.SlugField(_("code"), max_length=20, db_index=False)
    name = models.CharField(_("name"), max_length=80)

    class Meta(OrgModel.Meta):
        verbose_name = _("tax class")
        verbose_name_plural = _("tax classes")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["org_id", "code"], name="catalog_taxclass_code")]

    def __str__(self) -> str:
        return self.name


class TaxRate(OrgModel):
    """The rate of a class from a day on. The org's tax regime says which components it splits into."""

    tax_class = OrgForeignKey(TaxClass, on_delete=models.CASCADE, related_name="rates")
    valid_from = models.DateField(_("valid from"))
    rate = RateField(_("rate, %"), validators=PERCENT, help_text=_("GST: CGST and SGST together, the same as IGST."))
    cess = RateField(_("cess, %"), default=0, validators=PERCENT)

    class Meta(OrgModel.Meta):
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "tax_class", "valid_from"], name="catalog_taxrate_day"),
            models.CheckConstraint(
                condition=models.Q(rate__gte=0, rate__lte=100, cess__gte=0, cess__lte=100),
                name="catalog_taxrate_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate:g} %"
