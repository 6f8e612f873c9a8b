"""The codes by which a product is scanned or keyed in."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.gtin import as_printed
from catalog.models.product import NOT_NEGATIVE, Product
from pantrypal.core.fields import MoneyField, QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Barcode(OrgModel):
    """A GTIN is kept as 14 digits, so that EAN-8, UPC-A, EAN-13 and ITF-14 of one article are one code."""

    class Kind(models.TextChoices):
        GTIN = "gtin", _("GTIN (EAN, UPC)")
        IN_HOUSE = "in_house", _("In-house code")
        PLU = "plu", _("PLU")

    product = OrgForeignKey(Product, on_delete=models.CASCADE, related_name="barcodes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GTIN)
    code = models.CharField(_("code"), max_length=60)
    quantity = QuantityField(
        _("pieces in the pack"), default=Decimal(1), validators=[MinValueValidator(Decimal("0.001"))]
    )
    price = MoneyField(_("price of the pack"), null=True, blank=True, validators=NOT_NEGATIVE)

    class Meta(OrgModel.Meta):
        verbose_name = _("barcode")
        verbose_name_plural = _("barcodes")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "code"], name="catalog_barcode_code"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="catalog_barcode_quantity"),
        ]
        indexes = [models.Index(fields=["org_id", "product"], name="catalog_barcode_product")]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As printed on the pack."""
        return as_printed(self.code) if self.kind == self.Kind.GTIN else self.code
