"""Gapless numbers of the storeroom's documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.tenancy.models import OrgModel


class StockSeries(OrgModel):
    """One consecutive series of a store, of one kind, for one fiscal year.

    Its row is the last one a document locks. A sequence would leave gaps when a document is rolled back.
    """

    store_id = models.UUIDField()
    kind = models.CharField(max_length=2, help_text=_("Goes before the store's code in the numbers."))
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("The calendar year in which it begins."))
    last_number = models.PositiveIntegerField(default=0)

    class Meta(OrgModel.Meta):
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["org_id", "store_id", "kind", "fiscal_year"], name="inventory_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.fiscal_year % 100:02}"
