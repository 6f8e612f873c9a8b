"""How goods are valued, and the layers of cost that FIFO needs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.stock import StockLevel
from pantrypal.core.fields import QuantityField, UnitCostField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class StockSettings(OrgModel):
    """One row an organization; without one the defaults hold."""

    class Costing(models.TextChoices):
        AVERAGE = "average", _("Average cost")
        FIFO = "fifo", _("First in, first out")

    costing = models.CharField(
        _("goods are valued at"),
        max_length=7,
        choices=Costing.choices,
        default=Costing.AVERAGE,
        help_text=_("Holds for what comes and goes from now on; what is there keeps its value."),
    )

    class Meta(OrgModel.Meta):
        verbose_name = _("stock settings")
        verbose_name_plural = _("stock settings")
        constraints = [models.UniqueConstraint(fields=["org_id"], name="inventory_settings_once")]

    def __str__(self) -> str:
        return str(_("Stock settings"))


class CostLayer(OrgModel):
    """What is left of one coming of goods, at what it had cost; the oldest goes first.

    Written by inventory/sql with the level and the ledger, in organizations that value by FIFO only. The
    layers of a level add up to what is on hand, and to nothing when that is below zero.
    """

    level = OrgForeignKey(StockLevel)
    quantity = QuantityField(_("left"))
    unit_cost = UnitCostField(_("unit cost"))

    class Meta(OrgModel.Meta):
        verbose_name = _("cost layer")
        verbose_name_plural = _("cost layers")
        indexes = [models.Index(fields=["org_id", "level", "id"], name="inventory_layer_level")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.unit_cost}"
