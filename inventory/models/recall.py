"""A lot that must not be sold any more, and is asked back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.lot import Lot
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Recall(OrgModel):
    """Of one product, for some of its lots. While it is open, these lots are refused at every till and door."""

    product = OrgForeignKey(Product, verbose_name=_("product"))
    reason = models.CharField(_("reason"), max_length=200, help_text=_("For the people of the shop."))
    message = models.TextField(
        _("message to customers"),
        max_length=2000,
        blank=True,
        help_text=_("Sent by e-mail to everyone who bought it and whose address is known. Empty: nothing is sent."),
    )
    started_at = models.DateTimeField(_("since"), editable=False)
    started_by = models.CharField(_("who"), max_length=254, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.CharField(_("ended by"), max_length=254, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return self.reason


class RecalledLot(OrgModel):
    recall = OrgForeignKey(Recall, related_name="lots")
    lot = OrgForeignKey(Lot, verbose_name=_("lot"))

    class Meta(OrgModel.Meta):
        verbose_name = _("recalled lot")
        verbose_name_plural = _("recalled lots")
        constraints = [models.UniqueConstraint(fields=["org_id", "recall", "lot"], name="inventory_recalledlot_once")]
        indexes = [models.Index(fields=["org_id", "lot"], name="inventory_recalledlot_lot")]

    def __str__(self) -> str:
        return str(self.lot_id)
