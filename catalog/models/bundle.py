"""What a bundle is made of."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from pantrypal.core.fields import QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class BundlePart(OrgModel):
    """A sale of the bundle takes its parts from stock; the bundle has none of its own."""

    bundle = OrgForeignKey(Product, on_delete=models.CASCADE, related_name="parts")
    part = OrgForeignKey(Product, verbose_name=_("product"))
    quantity = QuantityField(_("quantity"), default=Decimal(1), validators=[MinValueValidator(Decimal("0.001"))])

    class Meta(OrgModel.Meta):
        verbose_name = _("part of the bundle")
        verbose_name_plural = _("parts of the bundle")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "bundle", "part"], name="catalog_bundlepart_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="catalog_bundlepart_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity.normalize():f} × {self.part}"
