"""Products that are one thing in several sizes, colours or flavours."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.tenancy.models import OrgModel


class Family(OrgModel):
    """Each variant is a product of its own, with its code, price and stock; `axes` are what they differ in."""

    name = models.CharField(_("name"), max_length=120)
    axes = models.JSONField(_("differ in"), default=list, blank=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("family of variants")
        verbose_name_plural = _("families of variants")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org_id", "name"], name="catalog_family_name")]

    def __str__(self) -> str:
        return self.name
