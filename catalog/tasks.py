"""What the catalog does outside the request."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from catalog.operations.imports.steps import work_through
from catalog.operations.imports.undoing import undo_stepwise
from catalog.operations.pictures import fetch_picture, make_thumbnail
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent
from pantrypal.journal.stepwise import stepwise_consumer


@stepwise_consumer("import.wanted", queue="imports")
def work_on_import(event: OutboxEvent) -> Iterator[int]:
    """Check, import or undo, as the job's state says."""
    job, now = UUID(event.payload["import"]), timezone.now()
    yield from work_through(job, at=now)
    yield from undo_stepwise(job, at=now)


@consumer("picture.taken", queue="imports")
def make_picture_small(event: OutboxEvent) -> None:
    make_thumbnail(UUID(event.payload["picture"]))


@consumer("picture.wanted", queue="imports")
def fetch_wanted_picture(event: OutboxEvent) -> None:
    fetch_picture(UUID(event.payload["product"]), event.payload["url"], at=timezone.now())
