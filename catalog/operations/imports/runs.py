"""Checking, importing and cancelling a list."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.models import ImportJob, ImportRejection, TaxClass
from catalog.operations.imports.uploads import locked_job
from catalog.refusals import ImportAtWork
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import OutboxEvent

State = ImportJob.State


@transaction.atomic
def start_check(job_id: UUID, *, actor: Actor, at: datetime) -> ImportJob:
    """Read the list through and compare it with the catalog, writing nothing. Raises ImportAtWork, NotFound."""
    require(actor, Permission.CATALOG_EDIT)
    job = locked_job(job_id, State.UPLOADED, State.CHECKED, State.CANCELLED)
    return _start(job, State.CHECKING, at)


@transaction.atomic
def start_import(job_id: UUID, *, actor: Actor, at: datetime) -> ImportJob:
    """Import the list; again, where some rows were mended since. One list at a time in an organization.

    Raises ImportAtWork, NotFound, Invalid.
    """
    require(actor, Permission.CATALOG_EDIT)
    require(actor, Permission.PRICE_EDIT)
    if not TaxClass.objects.exists():
        raise Invalid(_("There are no tax classes yet. Please add one before you import products."))
    job = locked_job(job_id, State.UPLOADED, State.CHECKED, State.CANCELLED, State.IMPORTED, State.FAILED)
    try:
        with transaction.atomic():
            return _start(job, State.IMPORTING, at)
    except IntegrityError:
        raise ImportAtWork(_("Another list is being imported. Please wait for it, or cancel it.")) from None


@transaction.atomic
def cancel_import(job_id: UUID, *, actor: Actor) -> ImportJob:
    """Stop after the present step. What has been imported stays and can be undone. Raises ImportAtWork, NotFound."""
    require(actor, Permission.CATALOG_EDIT)
    job = locked_job(job_id, State.CHECKING, State.IMPORTING)
    job.cancel_wanted = True
    job.save(update_fields=["cancel_wanted"])
    return job


def _start(job: ImportJob, state: str, at: datetime) -> ImportJob:
    ImportRejection.objects.filter(job=job).delete()
    job.state, job.started_at, job.finished_at, job.problem, job.cancel_wanted = state, at, None, "", False
    job.processed = job.accepted = job.rejected = job.created = job.changed = job.unchanged = 0
    job.total, job.remarks, job.differences = 0, {}, []
    job.save()
    OutboxEvent.emit("import.wanted", **{"import": str(job.pk)})
    return job
