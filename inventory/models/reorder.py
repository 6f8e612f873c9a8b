"""When a store orders a product again, and how much."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.supplier import Supplier
from pantrypal.core.fields import QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ReorderRule(OrgModel):
    """Low stock is at or below the reorder point; an order fills up to the target, in whole packs."""

    store_id = models.UUIDField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    supplier = OrgForeignKey(
        Supplier, null=True, blank=True, verbose_name=_("supplier"), help_text=_("Empty: whoever asked a price last.")
    )
    reorder_point = QuantityField(
        _("reorder point"), validators=[MinValueValidator(0)], help_text=_("Order when so much or less is left.")
    )
    target = QuantityField(
        _("target"), validators=[MinValueValidator(Decimal("0.001"))], help_text=_("Fill up to this much.")
    )
    pack = QuantityField(
        _("pack size"), default=Decimal(1), validators=[MinValueValidator(Decimal("0.001"))], help_text=_("In pieces.")
    )

    class Meta(OrgModel.Meta):
        verbose_name = _("reorder rule")
        verbose_name_plural = _("reorder rules")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "store_id", "product"], name="inventory_reorderrule_once"),
            models.CheckConstraint(
                condition=models.Q(reorder_point__gte=0, target__gt=models.F("reorder_point"), pack__gt=0),
                name="inventory_reorderrule_sound",
                violation_error_message=_("The target lies above the reorder point."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)
