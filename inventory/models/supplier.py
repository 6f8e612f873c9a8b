"""Who delivers, and at which prices."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from pantrypal.core.fields import MoneyField, QuantityField
from pantrypal.core.models.organization import valid_gstin
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgManager, OrgModel, OrgQuerySet

A_YEAR = 365


class SupplierQuerySet(OrgQuerySet["Supplier"]):
    def active(self) -> SupplierQuerySet:
        return self.filter(archived_at__isnull=True)


SupplierManager = OrgManager.from_queryset(SupplierQuerySet)


class Supplier(OrgModel):
    """Archived, never removed: orders and receipts refer to it."""

    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("contact"), max_length=120, blank=True, help_text=_("Whom to ask for."))
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Orders are sent here."))
    address = models.TextField(_("address"), blank=True)
    gstin = models.CharField("GSTIN", max_length=15, blank=True, validators=[valid_gstin])
    state_code = models.CharField(_("state code"), max_length=2, blank=True)
    lead_days = models.PositiveSmallIntegerField(
        _("lead time, days"),
        default=3,
        validators=[MaxValueValidator(A_YEAR)],
        help_text=_("From the order to the delivery."),
    )
    payment_days = models.PositiveSmallIntegerField(
        _("payment within, days"),
        default=0,
        validators=[MaxValueValidator(A_YEAR)],
        help_text=_("0: on delivery."),
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[SupplierManager[Supplier]] = SupplierManager()

    class Meta(OrgModel.Meta):
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org_id", "name"], name="inventory_supplier_name")]

    def __str__(self) -> str:
        return self.name


class SupplierPrice(OrgModel):
    """What a supplier asks for a pack of a product from a day on, without tax: input tax is not a cost."""

    supplier = OrgForeignKey(Supplier, verbose_name=_("supplier"))
    product = OrgForeignKey(Product, verbose_name=_("product"))
    supplier_code = models.CharField(_("their code"), max_length=40, blank=True)
    pack = QuantityField(
        _("pieces in the pack"),
        default=1,
        validators=[MinValueValidator(Decimal("0.001"))],
        help_text=_("A case of 12: 12."),
    )
    price = MoneyField(_("price of the pack, without tax"), validators=[MinValueValidator(0)])
    valid_from = models.DateField(_("valid from"))

    class Meta(OrgModel.Meta):
        verbose_name = _("supplier price")
        verbose_name_plural = _("supplier prices")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "supplier", "product", "valid_from"], name="inventory_supplierprice_day"
            ),
            models.CheckConstraint(
                condition=models.Q(pack__gt=0, price__gte=0), name="inventory_supplierprice_positive"
            ),
        ]
        indexes = [models.Index(fields=["org_id", "product"], name="inventory_supplierprice_prod")]

    def __str__(self) -> str:
        return f"{self.product} · {self.supplier}"
