"""The stock ledger and the balances it adds up to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from pantrypal.core.fields import QuantityField, UnitCostField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class StockMove(OrgModel):
    """One signed entry of the ledger. Rows are added, never changed (trigger).

    Written by `inventory.operations.stock` and its SQL functions only, together with the level.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        SALE = "sale", _("Sale")
        RETURN = "return", _("Return")
        RECEIPT = "receipt", _("Receipt")
        SUPPLIER_RETURN = "supplier_return", _("Supplier return")
        TRANSFER_OUT = "transfer_out", _("Transfer out")
        TRANSFER_IN = "transfer_in", _("Transfer in")
        COUNT = "count", _("Count")
        DAMAGE = "damage", _("Damage")
        EXPIRY = "expiry", _("Expired")
        THEFT = "theft", _("Stolen or lost")
        OWN_USE = "own_use", _("Own use")
        ADJUSTMENT = "adjustment", _("Adjustment")
        REVALUATION = "revaluation", _("Cost corrected")

    store_id = models.UUIDField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    quantity = QuantityField(_("quantity"))
    unit_cost = UnitCostField(_("unit cost"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    document_type = models.CharField(max_length=20)
    document_id = models.UUIDField()
    line_id = models.UUIDField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    actor = models.CharField(_("who"), max_length=254)
    at = models.DateTimeField(_("when"))

    class Meta(OrgModel.Meta):
        verbose_name = _("stock move")
        verbose_name_plural = _("stock moves")
        indexes = [
            models.Index(fields=["org_id", "product", "store_id", "at"], name="inventory_move_product"),
            models.Index(fields=["org_id", "document_id"], name="inventory_move_document"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+} {self.product_id}"


class StockLevel(OrgModel):
    """What is on hand of a product's lot in a store: always the sum of its moves."""

    store_id = models.UUIDField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    on_hand = QuantityField(_("on hand"), default=0)
    average_cost = UnitCostField(_("average cost"), default=0)

    class Meta(OrgModel.Meta):
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "store_id", "product", "lot"], name="inventory_level_place", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return str(self.on_hand)
