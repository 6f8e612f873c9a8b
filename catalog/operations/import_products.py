"""Importing a list in one go, for whoever waits for the result: the command, tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from catalog.models import ImportJob
from catalog.operations.imports.runs import start_check, start_import
from catalog.operations.imports.steps import work_through
from catalog.operations.imports.undoing import start_undo, undo_stepwise
from catalog.operations.imports.uploads import upload_list
from pantrypal.core.actor import Actor


def import_products(
    file: BinaryIO,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
    choices: Mapping[str, Any] | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> ImportJob:
    """Upload, then import, or only check where `dry_run`; `progress` is told the rows done after each step.

    Raises FileRefused, Invalid, ImportAtWork. A list that breaks off midway comes back as a failed job.
    """
    with transaction.atomic():
        job = upload_list(file, name, actor=actor, at=at, choices=choices)
        (start_check if dry_run else start_import)(job.pk, actor=actor, at=at)
    return finish_work(job.pk, at=at, progress=progress)


def undo_import(job_id: UUID, *, actor: Actor, at: datetime) -> ImportJob:
    """Raises ImportAtWork, NotFound."""
    start_undo(job_id, actor=actor, at=at)
    for _done in undo_stepwise(job_id, at=at):
        pass
    return _job(job_id)


def finish_work(job_id: UUID, *, at: datetime, progress: Callable[[int], None] = lambda rows: None) -> ImportJob:
    """Do what the job waits for, here and now."""
    for done in work_through(job_id, at=at):
        progress(done)
    return _job(job_id)


def _job(job_id: UUID) -> ImportJob:
    with transaction.atomic():
        return ImportJob.objects.get(pk=job_id)
