"""Goods on their way from one store of the organization to another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from pantrypal.core.fields import QuantityField, UnitCostField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Transfer(OrgModel):
    """Between sending and receiving the goods are in transit: in neither store's stock, and worth `worth`."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Asked for")
        SENT = "sent", _("On its way")
        RECEIVED = "received", _("Received")
        CANCELLED = "cancelled", _("Cancelled")

    store_id = models.UUIDField(_("from"))
    to_store_id = models.UUIDField(_("to"))
    number = models.CharField(_("number"), max_length=16, editable=False)
    status = models.CharField(
        _("state"), max_length=9, choices=Status.choices, default=Status.REQUESTED, editable=False
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("asked for"), editable=False)
    requested_by = models.CharField(_("asked for by"), max_length=254, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.CharField(_("sent by"), max_length=254, blank=True, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    received_by = models.CharField(_("received by"), max_length=254, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "number"], name="inventory_transfer_number"),
            models.CheckConstraint(
                condition=~models.Q(store_id=models.F("to_store_id")),
                name="inventory_transfer_goes_somewhere",
                violation_error_message=_("Please choose two different stores."),
            ),
        ]
        indexes = [models.Index(fields=["org_id", "status"], name="inventory_transfer_status")]

    def __str__(self) -> str:
        return self.number


class TransferLine(OrgModel):
    """What is asked for, and in sum what went and what came."""

    transfer = OrgForeignKey(Transfer, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    quantity = QuantityField(_("asked for"))

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "transfer", "position"], name="inventory_transferline_position")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.product_id}"


class TransferredGoods(OrgModel):
    """A part of a line as it left the shelf: of one lot, at one cost. `received` is empty while it is on its way."""

    transfer = OrgForeignKey(Transfer, related_name="goods")
    product = OrgForeignKey(Product, verbose_name=_("product"))
    lot = OrgForeignKey(Lot, null=True, verbose_name=_("lot"))
    quantity = QuantityField(_("sent"))
    unit_cost = UnitCostField(_("unit cost"))
    received = QuantityField(_("received"), null=True)
    reason = models.CharField(_("why not all"), max_length=200, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("transferred goods")
        verbose_name_plural = _("transferred goods")
        indexes = [models.Index(fields=["org_id", "transfer"], name="inventory_transferred_of")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.product_id}"
