"""How products are grouped."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Category(OrgModel):
    name = models.CharField(_("name"), max_length=120)
    parent = OrgForeignKey("self", null=True, blank=True, verbose_name=_("part of"))

    class Meta(OrgModel.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "parent", "name"], name="catalog_category_name", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class Brand(OrgModel):
    name = models.CharField(_("name"), max_length=120)

    class Meta(OrgModel.Meta):
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org_id", "name"], name="catalog_brand_name")]

    def __str__(self) -> str:
        return self.name
