"""The picture of a product."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Picture(OrgModel):
    """Another picture is another row, so an address always shows the same. The files are only ever served by a
    view that has found this row in the reader's own organization."""

    product = OrgForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(max_length=200)
    thumbnail = models.FileField(max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta(OrgModel.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.UniqueConstraint(fields=["org_id", "product"], name="catalog_picture_once")]

    def __str__(self) -> str:
        return str(self.pk)
