"""A file becomes a job: kept as evidence, recognised, its settings chosen and its rows mended by people."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from catalog.importing.recognition import recognise_list
from catalog.importing.settings import Settings
from catalog.models import ImportJob, ImportMapping, TaxClass
from catalog.refusals import ImportAtWork
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound

MOST_MENDED = 5000
CHANGEABLE = (ImportJob.State.UPLOADED, ImportJob.State.CHECKED, ImportJob.State.CANCELLED)


@transaction.atomic
def upload_list(
    file: BinaryIO, name: str, *, actor: Actor, at: datetime, choices: Mapping[str, Any] | None = None
) -> ImportJob:
    """Keep the file and recognise it. What was chosen for the last list with this header holds for this one too.

    `choices` replace settings by their names. Raises FileRefused; nothing is kept then.
    """
    require(actor, Permission.CATALOG_EDIT)
    recognised = recognise_list(file)
    settings = _as_before(recognised.settings, recognised.fingerprint).chosen(**(choices or {}))
    _require_sound(settings)
    size, checksum = _measured(file)
    job = ImportJob(
        file_name=name.replace("\x00", "").rpartition("/")[2][-200:] or "list",
        size=size,
        checksum=checksum,
        settings=settings.as_json(),
        headers=recognised.headers,
        fingerprint=recognised.fingerprint,
        actor_kind=actor.kind,
        actor_id=actor.ident,
        actor_label=actor.label,
        created_at=at,
    )
    file.seek(0)
    job.file.name = default_storage.save(_place(job), File(file))
    job.save()
    return job


@transaction.atomic
def choose_settings(job_id: UUID, *, actor: Actor, remember: bool = True, **choices: Any) -> ImportJob:
    """Change what was recognised; what a check has found is void then.

    With `remember`, the next list with this header begins with these settings. Raises Invalid, ImportAtWork, NotFound.
    """
    require(actor, Permission.CATALOG_EDIT)
    job = locked_job(job_id, *CHANGEABLE, ImportJob.State.IMPORTED)
    settings = Settings.from_json(job.settings).chosen(**choices)
    _require_sound(settings)
    job.settings = settings.as_json()
    if job.state != ImportJob.State.IMPORTED:
        job.state = ImportJob.State.UPLOADED
    job.save()
    if remember and job.fingerprint:
        ImportMapping.objects.update_or_create(
            fingerprint=job.fingerprint, defaults={"name": job.file_name[:120], "settings": job.settings}
        )
    return job


@transaction.atomic
def mend_rows(job_id: UUID, rows: Mapping[int, Sequence[str]], *, actor: Actor) -> ImportJob:
    """Put rows right, by line; these cells take the place of the file's. Raises Invalid, ImportAtWork, NotFound."""
    require(actor, Permission.CATALOG_EDIT)
    job = locked_job(job_id, *CHANGEABLE, ImportJob.State.IMPORTED)
    job.mended = job.mended | {str(line): [cell[:2000] for cell in cells] for line, cells in rows.items()}
    if len(job.mended) > MOST_MENDED:
        raise Invalid(_("More than 5,000 rows are mended here. Please put the file right and bring it again."))
    if job.state == ImportJob.State.CHECKED:
        job.state = ImportJob.State.UPLOADED
    job.save()
    return job


@transaction.atomic
def forget_mapping(mapping_id: UUID, *, actor: Actor) -> None:
    """Lists with this header are recognised afresh from now on."""
    require(actor, Permission.CATALOG_EDIT)
    ImportMapping.objects.filter(pk=mapping_id).delete()


def locked_job(job_id: UUID, *states: str) -> ImportJob:
    """Raises NotFound, and ImportAtWork where the job is in none of the states."""
    job = ImportJob.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound(_("There is no such import."))
    if job.state not in states:
        sentence = _("This import is %(state)s; that cannot be done now.")
        raise ImportAtWork(sentence % {"state": job.get_state_display()}, state=job.state)
    return job


def _as_before(found: Settings, fingerprint: str) -> Settings:
    """The columns, the decimal mark and the choices of the last list with this header; its layout is its own."""
    kept = ImportMapping.objects.filter(fingerprint=fingerprint).first() if fingerprint else None
    if kept is None:
        return found
    return Settings.from_json(kept.settings).chosen(layout=found.layout, header=found.header)


def _require_sound(settings: Settings) -> None:
    if "name" not in settings.columns:
        sentence = _("Which column holds the name? It was not recognised.")
        raise Invalid(sentence, {"columns": [sentence]})
    if settings.tax_class and not TaxClass.objects.filter(code=settings.tax_class).exists():
        sentence = _("There is no tax class “%s”.") % settings.tax_class
        raise Invalid(sentence, {"tax_class": [sentence]})


def _measured(file: BinaryIO) -> tuple[int, str]:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size, hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _place(job: ImportJob) -> str:
    """Unguessable without the installation's secret."""
    secret = salted_hmac("catalog.import", f"{job.org_id}/{job.pk}", algorithm="sha256").hexdigest()
    return f"orgs/{job.org_id}/imports/{job.created_at:%Y-%m}/{secret}"
