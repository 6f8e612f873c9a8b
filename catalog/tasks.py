"""What the catalog does outside the request."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from celery import current_app, shared_task
from django.utils import timezone

from catalog.operations.due_prices import put_due_prices
from catalog.operations.imports.steps import work_through
from catalog.operations.imports.undoing import undo_stepwise
from catalog.operations.pictures import fetch_picture, make_thumbnail
from pantrypal.core.models import Organization
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


@shared_task(name="catalog.look_at_prices")
def look_at_prices() -> None:
    """Every few minutes, from the beat: a task for each organization. A lost one is made up for by the next."""
    for org in Organization.objects.filter(route__state="active").values_list("pk", flat=True):
        current_app.send_task("catalog.put_due_prices", headers={"org_id": str(org)}, queue="stock")


@shared_task(name="catalog.put_due_prices")
def show_prices_that_have_begun() -> None:
    put_due_prices(at=timezone.now())
