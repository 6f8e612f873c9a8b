"""Goods that came in from a supplier."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from inventory.models.purchase_order import PurchaseOrder, PurchaseOrderLine
from inventory.models.supplier import Supplier
from pantrypal.core.fields import MoneyField, QuantityField, UnitCostField
from pantrypal.core.money import ZERO
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class GoodsReceipt(OrgModel):
    """Posted once with its stock moves and never changed (trigger). Its id may come from the phone that posts it:
    sent twice, it is posted once. All amounts are without tax."""

    store_id = models.UUIDField()
    supplier = OrgForeignKey(Supplier, verbose_name=_("supplier"))
    order = OrgForeignKey(PurchaseOrder, null=True, blank=True, verbose_name=_("order"))
    number = models.CharField(_("number"), max_length=16)
    delivery_note = models.CharField(_("delivery note"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("date"))
    received_by = models.CharField(_("received by"), max_length=254)
    currency = models.CharField(max_length=3)
    goods_value = MoneyField(_("goods"))
    charges = models.JSONField(_("freight and other charges"), default=list)
    charges_total = MoneyField(_("charges"))
    total = MoneyField(_("total"))
    fingerprint = models.CharField(max_length=64)

    class Meta(OrgModel.Meta):
        verbose_name = _("goods receipt")
        verbose_name_plural = _("goods receipts")
        ordering = ["-received_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["org_id", "number"], name="inventory_receipt_number")]
        indexes = [
            models.Index(fields=["org_id", "-received_at", "-id"], name="inventory_receipt_recent"),
            models.Index(fields=["org_id", "supplier", "-received_at"], name="inventory_receipt_supplier"),
            models.Index(fields=["org_id", "order"], name="inventory_receipt_order"),
        ]

    def __str__(self) -> str:
        return self.number


class GoodsReceiptLine(OrgModel):
    """`unit_cost` is what the supplier asks for a piece; `landed_cost` has the line's share of the charges in it.

    `awaited` is how much of the order was still to come before this line.
    """

    receipt = OrgForeignKey(GoodsReceipt, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    order_line = OrgForeignKey(PurchaseOrderLine, null=True, blank=True)
    awaited = QuantityField(_("awaited"), null=True, blank=True)
    quantity = QuantityField(_("received"))
    unit_cost = UnitCostField(_("cost of a piece"))
    last_cost = UnitCostField(_("the last time"), null=True, blank=True)
    amount = MoneyField(_("amount"))
    charge = MoneyField(_("share of the charges"))
    landed_cost = UnitCostField(_("landed cost of a piece"))

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "receipt", "position"], name="inventory_receiptline_position"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, unit_cost__gte=0), name="inventory_receiptline_positive"
            ),
        ]
        indexes = [models.Index(fields=["org_id", "product", "-id"], name="inventory_receiptline_product")]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def over(self) -> Decimal:
        """How much came beyond what was awaited of the order; nothing where there was no order."""
        return ZERO if self.awaited is None else max(self.quantity - self.awaited, ZERO)
