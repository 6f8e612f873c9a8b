"""What a store has asked a supplier for."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from inventory.models.supplier import Supplier
from pantrypal.core.fields import MoneyField, QuantityField
from pantrypal.core.money import ZERO
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgManager, OrgModel, OrgQuerySet

ABOVE_ZERO = [MinValueValidator(Decimal("0.001"))]


class PurchaseOrderQuerySet(OrgQuerySet["PurchaseOrder"]):
    def awaited(self) -> PurchaseOrderQuerySet:
        """Sent, and not all there yet."""
        return self.filter(status__in=PurchaseOrder.AWAITED)


PurchaseOrderManager = OrgManager.from_queryset(PurchaseOrderQuerySet)


class PurchaseOrder(OrgModel):
    """A draft may be changed; once sent, only what has come of it is noted. Cancelled, never removed."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        PARTIAL = "partial", _("Partly received")
        RECEIVED = "received", _("Received")
        CLOSED = "closed", _("Closed short")
        CANCELLED = "cancelled", _("Cancelled")

    AWAITED = (Status.SENT, Status.PARTIAL)

    store_id = models.UUIDField()
    supplier = OrgForeignKey(Supplier, verbose_name=_("supplier"))
    number = models.CharField(_("number"), max_length=16)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    note = models.CharField(_("note to the supplier"), max_length=500, blank=True)
    currency = models.CharField(max_length=3)
    total = MoneyField(_("total without tax"), default=0)
    made_by = models.CharField(_("made by"), max_length=254)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_to = models.EmailField(_("sent to"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects: ClassVar[PurchaseOrderManager[PurchaseOrder]] = PurchaseOrderManager()

    class Meta(OrgModel.Meta):
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["org_id", "number"], name="inventory_purchaseorder_number")]
        indexes = [
            models.Index(fields=["org_id", "store_id", "status"], name="inventory_order_by_status"),
            models.Index(fields=["org_id", "supplier"], name="inventory_order_supplier"),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseOrderLine(OrgModel):
    """`packs` packs of `pack` pieces at `pack_price` each, without tax; `received` counts pieces."""

    order = OrgForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = OrgForeignKey(Product, verbose_name=_("product"))
    supplier_code = models.CharField(_("their code"), max_length=40, blank=True)
    packs = QuantityField(_("packs"), validators=ABOVE_ZERO)
    pack = QuantityField(_("pieces in the pack"), default=1, validators=ABOVE_ZERO)
    pack_price = MoneyField(_("price of the pack"), validators=[MinValueValidator(0)])
    amount = MoneyField(_("amount"), default=0)
    received = QuantityField(_("received"), default=0)

    class Meta(OrgModel.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "order", "product"], name="inventory_orderline_product"),
            models.CheckConstraint(
                condition=models.Q(packs__gt=0, pack__gt=0, pack_price__gte=0, received__gte=0),
                name="inventory_orderline_positive",
            ),
        ]
        indexes = [models.Index(fields=["org_id", "product"], name="inventory_orderline_by_product")]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def ordered(self) -> Decimal:
        """In pieces, as received."""
        return Decimal(self.packs * self.pack).quantize(Decimal("0.001"))

    @property
    def outstanding(self) -> Decimal:
        """What is still to come, in pieces."""
        missing: Decimal = self.ordered - self.received
        return max(missing, ZERO)
