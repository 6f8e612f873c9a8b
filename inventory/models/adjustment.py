"""Corrections and write-offs as documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from inventory.models.stock import StockMove
from pantrypal.core.fields import QuantityField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel

# What goods are written off for. The ledger keeps it as the kind of the move.
WRITE_OFFS = (StockMove.Kind.DAMAGE, StockMove.Kind.EXPIRY, StockMove.Kind.THEFT, StockMove.Kind.OWN_USE)


class StockAdjustment(OrgModel):
    """Written once together with its moves, and never changed (trigger): a wrong one is put right by another."""

    store_id = models.UUIDField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    actor = models.CharField(_("who"), max_length=254, editable=False)
    at = models.DateTimeField(_("when"), editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("stock adjustment")
        verbose_name_plural = _("stock adjustments")

    def __str__(self) -> str:
        return self.note or str(_("Stock adjustment"))


class StockAdjustmentLine(OrgModel):
    class Kind(models.TextChoices):
        ADJUSTMENT = StockMove.Kind.ADJUSTMENT, _("Correction")
        DAMAGE = StockMove.Kind.DAMAGE, _("Damaged or spoilt")
        EXPIRY = StockMove.Kind.EXPIRY, _("Expired")
        THEFT = StockMove.Kind.THEFT, _("Stolen or lost")
        OWN_USE = StockMove.Kind.OWN_USE, _("Own use")

    adjustment = OrgForeignKey(StockAdjustment, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, blank=True, verbose_name=_("lot"))
    quantity = QuantityField(_("quantity"), help_text=_("Minus for what is gone."))
    kind = models.CharField(_("what for"), max_length=20, choices=Kind.choices, default=Kind.ADJUSTMENT)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "adjustment", "position"], name="inventory_adjustmentline_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+} {self.product_id}"
