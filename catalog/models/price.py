"""What a product costs, from when on, and where."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import NOT_NEGATIVE, Product
from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class PriceList(OrgModel):
    """Prices that hold together for a while: a festival's, a season's. Of several, the lowest price counts."""

    name = models.CharField(_("name"), max_length=80)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    stores = ArrayField(
        models.UUIDField(), verbose_name=_("stores"), default=list, blank=True, help_text=_("None: all stores.")
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org_id", "name"], name="catalog_pricelist_name")]

    def __str__(self) -> str:
        return self.name


class Price(OrgModel):
    """A price from a moment on: of the product everywhere, in one store, or in a price list.

    The newest one that has begun counts, so a change that is written down ahead takes effect at its minute without
    anybody doing anything. Rows that have begun are the history and stay; one that has not may be withdrawn.
    Changes of a product's own price are noted by a trigger, whoever makes them (catalog/sql/note_price.sql).
    """

    product = OrgForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE)
    store_id = models.UUIDField(_("store"), null=True, blank=True)
    price_list = OrgForeignKey(PriceList, null=True, blank=True, verbose_name=_("price list"))
    price = MoneyField(
        _("price"), null=True, blank=True, validators=NOT_NEGATIVE, help_text=_("Empty: none of its own any more.")
    )
    was = MoneyField(_("before"), null=True, editable=False)
    valid_from = models.DateTimeField(_("from when on"))
    at = models.DateTimeField(_("noted"), editable=False)
    actor = models.CharField(_("by whom"), max_length=254, blank=True, editable=False)

    class Meta(OrgModel.Meta):
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(store_id__isnull=True) | models.Q(price_list__isnull=True),
                name="catalog_price_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0), name="catalog_price_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["org_id", "product", "-valid_from"], name="catalog_price_of_product"),
            models.Index(fields=["org_id", "-valid_from", "-id"], name="catalog_price_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.price}"
