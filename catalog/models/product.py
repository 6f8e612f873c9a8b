"""What is sold and priced as one thing."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Brand, Category
from catalog.models.family import Family
from catalog.models.tax import TaxClass
from pantrypal.core.fields import MoneyField, UnitCostField
from pantrypal.core.money import ZERO
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgManager, OrgModel, OrgQuerySet

NOT_NEGATIVE = [MinValueValidator(0)]


class Unit(models.TextChoices):
    PIECE = "pc", _("piece")
    KILOGRAM = "kg", _("kg")
    GRAM = "g", _("g")
    LITRE = "l", _("litre")
    MILLILITRE = "ml", _("ml")
    METRE = "m", _("metre")


class ProductQuerySet(OrgQuerySet["Product"]):
    def sellable(self) -> ProductQuerySet:
        return self.filter(archived_at__isnull=True)


ProductManager = OrgManager.from_queryset(ProductQuerySet)


class Product(OrgModel):
    """Archived, never removed: bills refer to it."""

    class SoldBy(models.TextChoices):
        EACH = "each", _("piece")
        WEIGHT = "weight", _("weight or measure")

    sku = models.CharField("SKU", max_length=40)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    description = models.TextField(_("description"), blank=True)
    category = OrgForeignKey(Category, null=True, blank=True, verbose_name=_("category"))
    brand = OrgForeignKey(Brand, null=True, blank=True, verbose_name=_("brand"))
    hsn = models.CharField(
        "HSN", max_length=8, blank=True, validators=[RegexValidator(r"^(\d{4}|\d{6}|\d{8})$", _("4, 6 or 8 figures."))]
    )
    tax_class = OrgForeignKey(TaxClass, verbose_name=_("tax class"))
    unit = models.CharField(_("unit"), max_length=2, choices=Unit.choices, default=Unit.PIECE)
    sold_by = models.CharField(_("sold by"), max_length=6, choices=SoldBy.choices, default=SoldBy.EACH)
    mrp = MoneyField("MRP", null=True, blank=True, validators=NOT_NEGATIVE)
    price = MoneyField(_("price"), validators=NOT_NEGATIVE)
    price_is_missing = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Nobody has said the price yet, as after a list without prices; `price` is 0 and means nothing.",
    )
    cost = UnitCostField(_("last cost"), null=True, blank=True, validators=NOT_NEGATIVE)
    family = OrgForeignKey(Family, null=True, blank=True, verbose_name=_("family of variants"))
    options = models.JSONField(_("variant"), default=dict, blank=True)
    is_bundle = models.BooleanField(_("bundle"), default=False, editable=False)
    till_position = models.PositiveSmallIntegerField(
        _("place in the till's grid"), null=True, blank=True, help_text=_("1 is the first; empty: not in the grid.")
    )
    age_limit = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    tracks_stock = models.BooleanField(
        _("counts stock"),
        default=True,
        help_text=_("Off: sold without looking at the stock. Turned on by the first receipt or count."),
    )
    tracks_lots = models.BooleanField(_("has lots and expiry dates"), default=False)
    search_text = models.TextField(
        default="", db_default="", editable=False
    )  # kept by triggers: catalog/sql/search_key.sql
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ProductManager[Product]] = ProductManager()

    class Meta(OrgModel.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["org_id", "sku"], name="catalog_product_sku"),
            models.UniqueConstraint(
                fields=["org_id", "family", "options"],
                condition=models.Q(family__isnull=False),
                name="catalog_product_variant",
                violation_error_message=_("The family has this variant already."),
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="catalog_product_price_not_negative"),
            models.CheckConstraint(
                condition=models.Q(price_is_missing=False) | models.Q(price=0), name="catalog_product_price_missing"
            ),
            models.CheckConstraint(
                condition=models.Q(mrp__isnull=True) | models.Q(mrp__gte=0), name="catalog_product_mrp_not_negative"
            ),
        ]
        indexes = [
            models.Index(
                fields=["org_id", "till_position"],
                condition=models.Q(till_position__isnull=False),
                name="catalog_product_in_grid",
            ),
            models.Index(fields=["org_id", "name", "id"], name="catalog_product_by_name"),
            models.Index(fields=["org_id", "updated_at", "id"], name="catalog_product_updated"),
            models.Index(fields=["org_id", "category"], name="catalog_product_category"),
            GinIndex(
                fields=["org_id", "search_text"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                gin_pending_list_limit=512,
                name="catalog_product_search",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def known_price(self) -> Decimal | None:
        """None as long as nobody has said it."""
        return None if self.price_is_missing else self.price

    def put_price(self, price: Decimal | None) -> None:
        """None: it is not known. The row is not saved yet."""
        self.price, self.price_is_missing = ZERO if price is None else price, price is None

    @property
    def local_name(self) -> str:
        """The name in the reader's language, where there is one."""
        return str(self.names.get(get_language() or "") or self.name)
