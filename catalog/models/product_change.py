"""When a product last became another one for the registers that keep their own copy of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ProductChange(OrgModel):
    """One row for each product that has changed since it was added, kept by triggers on the tables that a price is
    made from (catalog/sql/product_changes.sql), so that no way of writing can forget it. A register that sells off
    line asks for what has changed since it asked last (catalog.queries.changes)."""

    product = OrgForeignKey(Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("product"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "product"], name="catalog_productchange_once")]
        indexes = [models.Index(fields=["org_id", "changed_at", "product"], name="catalog_productchange_since")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.changed_at}"
