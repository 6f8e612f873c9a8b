"""Goods that go back to their supplier."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.goods_receipt import GoodsReceipt
from inventory.models.lot import Lot
from inventory.models.supplier import Supplier
from pantrypal.core.fields import MoneyField, QuantityField, UnitCostField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class SupplierReturn(OrgModel):
    """The debit note that goes with the goods: what the supplier owes us for them, without tax. Never changed."""

    store_id = models.UUIDField()
    supplier = OrgForeignKey(Supplier, verbose_name=_("supplier"))
    receipt = OrgForeignKey(GoodsReceipt, null=True, blank=True, verbose_name=_("goods receipt"))
    number = models.CharField(_("number"), max_length=16)
    reason = models.CharField(_("reason"), max_length=200)
    returned_at = models.DateTimeField(_("returned"))
    returned_on = models.DateField(_("date"))
    returned_by = models.CharField(_("returned by"), max_length=254)
    currency = models.CharField(max_length=3)
    total = MoneyField(_("total without tax"))
    sent_to = models.EmailField(_("sent to"), blank=True, db_default="", default="", editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("supplier return")
        verbose_name_plural = _("supplier returns")
        ordering = ["-returned_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["org_id", "number"], name="inventory_supplierreturn_number")]
        indexes = [
            models.Index(fields=["org_id", "-returned_at", "-id"], name="inventory_supplierreturn_time"),
            models.Index(fields=["org_id", "receipt"], name="inventory_return_receipt"),
        ]

    def __str__(self) -> str:
        return self.number


class SupplierReturnLine(OrgModel):
    supplier_return = OrgForeignKey(SupplierReturn, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    quantity = QuantityField(_("quantity"))
    unit_cost = UnitCostField(_("credit for a piece"))
    amount = MoneyField(_("amount"))

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "supplier_return", "position"], name="inventory_returnline_position"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, unit_cost__gte=0), name="inventory_returnline_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)
