"""Counting what is there while the shop trades."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from inventory.models.lot import Lot
from pantrypal.core.fields import QuantityField, UnitCostField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class StockCount(OrgModel):
    """Of a whole store, or of a part of it. Whoever counts does not see what the books say."""

    class Status(models.TextChoices):
        OPEN = "open", _("Being counted")
        POSTED = "posted", _("Posted")
        CANCELLED = "cancelled", _("Cancelled")

    class Scope(models.TextChoices):
        FULL = "full", _("The whole store")
        CATEGORY = "category", _("One category")
        CYCLE = "cycle", _("What is scanned, and nothing else")

    store_id = models.UUIDField()
    number = models.CharField(_("number"), max_length=16, editable=False)
    title = models.CharField(_("title"), max_length=80, blank=True)
    scope = models.CharField(_("what is counted"), max_length=8, choices=Scope.choices, default=Scope.CYCLE)
    category = OrgForeignKey(Category, null=True, blank=True, verbose_name=_("category"))
    status = models.CharField(_("state"), max_length=9, choices=Status.choices, default=Status.OPEN, editable=False)
    started_at = models.DateTimeField(_("started"), editable=False)
    started_by = models.CharField(_("started by"), max_length=254, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.CharField(_("ended by"), max_length=254, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        constraints = [models.UniqueConstraint(fields=["org_id", "number"], name="inventory_count_number")]
        indexes = [models.Index(fields=["org_id", "store_id", "status"], name="inventory_count_store")]

    def __str__(self) -> str:
        return self.number


class CountScan(OrgModel):
    """So many of a product were seen at this moment. Kept for good (trigger); taking one back adds its opposite.

    The id comes from the phone: a scan that is sent twice is one scan.
    """

    count = OrgForeignKey(StockCount)
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, verbose_name=_("lot"))
    quantity = QuantityField(_("quantity"))
    undoes = OrgForeignKey("self", null=True)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=254)

    class Meta(OrgModel.Meta):
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "undoes"], condition=models.Q(undoes__isnull=False), name="inventory_scan_undone_once"
            )
        ]
        indexes = [models.Index(fields=["org_id", "count", "product", "at"], name="inventory_scan_count")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.product_id}"


class Recount(OrgModel):
    """A product is to be counted again: what was scanned of it before does not count any more."""

    count = OrgForeignKey(StockCount)
    product = OrgForeignKey(Product, verbose_name=_("product"))
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=254)

    class Meta(OrgModel.Meta):
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")
        indexes = [models.Index(fields=["org_id", "count", "product"], name="inventory_recount_count")]

    def __str__(self) -> str:
        return str(self.product_id)


class StockCountLine(OrgModel):
    """What came of it, written when the count is posted (trigger)."""

    count = OrgForeignKey(StockCount, related_name="lines")
    position = models.PositiveIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, verbose_name=_("lot"))
    counted = QuantityField(_("counted"))
    expected = QuantityField(_("by the books"))
    variance = QuantityField(_("difference"))
    unit_cost = UnitCostField(_("unit cost"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "count", "position"], name="inventory_countline_position")
        ]

    def __str__(self) -> str:
        return f"{self.variance:+} {self.product_id}"
