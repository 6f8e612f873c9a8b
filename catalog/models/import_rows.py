"""What an import has refused, and what it has changed."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.importing.reasons import sentence
from catalog.models.import_job import ImportJob
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class ImportRejection(OrgModel):
    """A row that was not taken over, with the reason: code and what fills its sentence."""

    job = OrgForeignKey(ImportJob, on_delete=models.CASCADE)
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    cells = models.JSONField(default=list)

    class Meta(OrgModel.Meta):
        indexes = [models.Index(fields=["org_id", "job", "line"], name="catalog_importrejection_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"

    @property
    def sentence(self) -> str:
        return sentence(self.code, self.data)


class ImportChange(OrgModel):
    """A row of the catalog that an import has made or changed: what is needed to undo it.

    `before` and `after` hold the fields that it changed; both are empty for a row it made. `codes` are the
    barcodes it gave to a product.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product", _("product")
        BRAND = "brand", _("brand")
        CATEGORY = "category", _("category")
        FAMILY = "family", _("family of variants")
        SCALE_LABEL = "label", _("scale label")

    class Undone(models.TextChoices):
        NOT = "", _("not undone")
        RESTORED = "restored", _("put back")
        REMOVED = "removed", _("removed")
        ARCHIVED = "archived", _("archived: it is in use")
        KEPT = "kept", _("kept: changed since, or in use")

    job = OrgForeignKey(ImportJob, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    target = models.UUIDField()
    label = models.CharField(max_length=200)
    item = models.CharField(max_length=40, blank=True, help_text="The item code by which the list calls a product.")
    is_new = models.BooleanField()
    run_at = models.DateTimeField(help_text="When the run of the job began that has touched it last.")
    before: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    codes = models.JSONField(default=list)
    undone = models.CharField(max_length=8, choices=Undone.choices, blank=True, default=Undone.NOT)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "job", "target"], name="catalog_importchange_once")]

    def __str__(self) -> str:
        return self.label
