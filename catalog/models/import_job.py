"""One list that somebody has brought along, and what became of it."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.fields import MoneyField
from pantrypal.tenancy.models import OrgModel


class ImportJob(OrgModel):
    """The file is kept as evidence. Work goes on in steps of their own transactions; `processed` says how far.

    `settings` are those of `catalog.importing.settings`, `mended` holds the cells of rows that somebody has put
    right in the page, by line; they take the place of the file's own.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be checked")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        IMPORTING = "importing", _("Being imported")
        IMPORTED = "imported", _("Imported")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    AT_WORK = (State.CHECKING, State.IMPORTING, State.UNDOING)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED)
    file = models.FileField(_("file"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("bytes"))
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    settings = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=32, blank=True)
    mended = models.JSONField(default=dict)

    rows = models.PositiveIntegerField(_("rows"), null=True, help_text="Known once the list has been read through.")
    processed = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    total = MoneyField(_("sum of the prices"), default=0)
    remarks = models.JSONField(default=dict, help_text="How often something was remarkable.")
    differences = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="The first changes found.")
    problem = models.CharField(max_length=300, blank=True, help_text="Why it failed.")
    cancel_wanted = models.BooleanField(default=False)

    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_label = models.CharField(_("by"), max_length=254)
    created_at = models.DateTimeField(_("brought"))
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(OrgModel.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(
                fields=["org_id"],
                condition=models.Q(state__in=("importing", "undoing")),
                name="catalog_importjob_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def opened(self) -> BinaryIO:
        """The kept file."""
        return cast(BinaryIO, self.file.storage.open(str(self.file.name)).file)

    def discard(self) -> None:
        """Remove the job with its file: a check that left nothing to remember."""
        self.file.storage.delete(str(self.file.name))
        self.delete()

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def percent(self) -> int:
        return min(100, self.processed * 100 // self.rows) if self.rows else 0


class ImportMapping(OrgModel):
    """What was chosen for lists with one header, so that the next one of them needs no choosing."""

    name = models.CharField(_("name"), max_length=120)
    fingerprint = models.CharField(max_length=32)
    settings = models.JSONField(default=dict)

    class Meta(OrgModel.Meta):
        verbose_name = _("remembered list")
        verbose_name_plural = _("remembered lists")
        constraints = [models.UniqueConstraint(fields=["org_id", "fingerprint"], name="catalog_importmapping_header")]

    def __str__(self) -> str:
        return self.name
