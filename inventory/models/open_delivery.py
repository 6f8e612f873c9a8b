"""A delivery that is being taken in at the back door."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.purchase_order import PurchaseOrder
from inventory.models.supplier import Supplier
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class OpenDelivery(OrgModel):
    """Kept on the server, so that a dead battery loses nothing and another phone goes on. Posting it removes it;
    the receipt takes its id, so that a second tap posts nothing twice.

    `scans` come in their order, each undone by taking the last one away; `costs` are typed, by product.
    """

    store_id = models.UUIDField()
    supplier = OrgForeignKey(Supplier)
    order = OrgForeignKey(PurchaseOrder, null=True, blank=True)
    scans = models.JSONField(default=list)
    costs = models.JSONField(default=dict)
    delivery_note = models.CharField(_("delivery note"), max_length=40, blank=True)
    freight = MoneyField(_("freight"), null=True, blank=True)
    begun_by = models.CharField(max_length=254)
    begun_at = models.DateTimeField()

    class Meta(OrgModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "order"], condition=models.Q(order__isnull=False), name="inventory_opendelivery_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.order or self.supplier)
