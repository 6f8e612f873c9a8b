"""The work of an import, in steps: a batch of rows and how far we have come, in one transaction.

A worker that is killed leaves whole steps behind it. Whoever takes the work up again reads the list from its
beginning, so that the rules between rows (`catalog.importing.sieve`) know the rows that are done, and goes on
with the first one that is not. Two at once do no harm: a step is taken only by whoever knows the present count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from catalog.importing.reasons import Rejection
from catalog.importing.settings import Settings
from catalog.importing.sieve import Sieve, Taken
from catalog.models import ImportChange, ImportJob
from catalog.operations.imports.comparing import Change, Comparison
from catalog.operations.imports.groups import Groups
from catalog.operations.imports.writing import write_plan, write_rejections
from catalog.operations.noting import noted_by
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization
from pantrypal.core.tables import FileRefused, Row, read
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.journal.stepwise import Busy
from pantrypal.tenancy.context import require_org_id

BATCH = 2000
TOLD = 100  # differences that are shown
State = ImportJob.State


@dataclass(slots=True)
class Run:
    """What one worker knows of a job while it works on it. The sets hold items, as whole numbers."""

    job_id: UUID
    state: str
    org: Organization
    sieve: Sieve
    groups: Groups
    done: int
    at: datetime
    seen: set[int] = field(default_factory=set)
    made: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    @property
    def writes(self) -> bool:
        return self.state == State.IMPORTING


def work_through(job_id: UUID, *, at: datetime) -> Iterator[int]:
    """Check or import the list, as the job's state says; yields the rows done after each step.

    Each step is a transaction of its own. What stops the list midway makes the job fail; what was imported stays
    and can be undone.
    """
    with transaction.atomic():
        run, file = _begin(job_id, at)
    if run is None or file is None:
        return
    try:
        with file:
            yield from _steps(run, file)
    except FileRefused as refusal:
        _finish(run, State.FAILED, problem=refusal.message)


def _begin(job_id: UUID, at: datetime) -> tuple[Run | None, BinaryIO | None]:
    job = ImportJob.objects.filter(pk=job_id).first()
    if job is None or job.state not in (State.CHECKING, State.IMPORTING):
        return None, None
    org = Organization.objects.get(pk=require_org_id())
    settings = Settings.from_json(job.settings)
    sieve = Sieve(settings, places=org.places, mrp_ceiling=org.has_mrp_ceiling)
    groups = Groups(tax_class=settings.tax_class, on=at.date())
    run = Run(job.pk, job.state, org, sieve, groups, job.processed, at)
    assert job.started_at is not None
    products = ImportChange.objects.filter(job=job, kind=ImportChange.Kind.PRODUCT, run_at=job.started_at)
    for item, is_new in products.values_list("item", "is_new"):
        (run.made if is_new else run.changed).add(hash(item))
    return run, job.opened()


def _rows(run: Run, file: BinaryIO) -> Iterator[Row]:
    """The file's, with those that were mended in the page in their places."""
    with transaction.atomic():
        mended = ImportJob.objects.values_list("mended", flat=True).get(pk=run.job_id)
    for row in read(file, run.sieve.settings.layout):
        cells = mended.get(str(row.line))
        yield row if cells is None else Row(row.line, cells)


def _steps(run: Run, file: BinaryIO) -> Iterator[int]:
    outcomes = run.sieve.outcomes(_rows(run, file))
    for number, outcome in zip(range(run.done), outcomes, strict=False):
        if isinstance(outcome, Taken):
            run.seen.add(hash(outcome.candidate.sku))
        if number % BATCH == 0:
            yield run.done
    for batch in batched(outcomes, BATCH):
        with transaction.atomic():
            goes_on = _take(run, batch)
        if not goes_on:
            return
        yield run.done
    _finish(run, State.CHECKED if run.state == State.CHECKING else State.IMPORTED)


def _held(run: Run) -> ImportJob:
    """The job, locked, if it still waits for this step. Raises Busy."""
    job = ImportJob.objects.select_for_update().get(pk=run.job_id)
    if job.state != run.state or job.processed != run.done:
        raise Busy
    return job


def _take(run: Run, batch: tuple[Taken | Rejection, ...]) -> bool:
    """One step. False where somebody has asked to stop."""
    job = _held(run)
    if job.cancel_wanted:
        _close(job, State.CANCELLED if run.writes else State.UPLOADED, run.at)
        job.save()
        return False
    taken = [outcome for outcome in batch if isinstance(outcome, Taken)]
    rejections = [outcome for outcome in batch if isinstance(outcome, Rejection)]
    plan = Comparison(taken, run.groups, run.org, at=run.at, lock=run.writes).compared(taken)
    if run.writes:
        noted_by(job.actor_label, run.at)
        write_plan(job, plan, run.groups.take_made())
    rejections = sorted(rejections + plan.rejections, key=lambda row: row.line)
    write_rejections(job, rejections)
    for candidate, change in plan.seen:
        _count(run, job, hash(candidate.sku), change)
        job.total += candidate.price or 0
    job.accepted += len(plan.seen)
    job.rejected += len(rejections)
    job.differences = (job.differences + [_told(change) for change in plan.changes.values() if not change.is_new])[
        :TOLD
    ]
    job.remarks = dict(run.sieve.remarks)
    job.processed = run.done = run.done + len(batch)
    job.save()
    return True


def _count(run: Run, job: ImportJob, item: int, change: Change | None) -> None:
    """Each item counts once: as new, as changed, or as neither; a later row may still change it."""
    is_first = item not in run.seen
    run.seen.add(item)
    if item in run.made or item in run.changed:
        return
    if change is not None and change.is_new:
        run.made.add(item)
        job.created += 1
    elif change is not None:
        run.changed.add(item)
        job.changed += 1
        job.unchanged -= not is_first
    else:
        job.unchanged += is_first


def _told(change: Change) -> dict[str, Any]:
    """A difference as the page shows it."""
    told = {name: [_text(change.before.get(name)), _text(value)] for name, value in change.after.items()}
    return {
        "sku": change.product.sku,
        "name": change.product.name,
        "fields": told,
        "codes": [c.shown for c in change.codes],
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _finish(run: Run, state: str, problem: str = "") -> None:
    with transaction.atomic():
        job = _held(run)
        job.problem = problem[:300]
        if state != State.FAILED:
            job.rows = run.done
        _close(job, state, run.at)
        job.save()


def _close(job: ImportJob, state: str, at: datetime) -> None:
    """An import that has written something is told once, not for each row."""
    was_importing = job.state == State.IMPORTING
    job.state, job.finished_at, job.cancel_wanted = state, at, False
    if not was_importing:
        return
    counts = {name: getattr(job, name) for name in ("accepted", "rejected", "created", "changed", "unchanged")}
    actor = Actor(job.actor_kind, job.actor_id, job.actor_label, job.org_id, frozenset())
    AuditEntry.record("catalog.imported", job, actor=actor, at=at, state=state, **counts)
    OutboxEvent.emit("catalog.imported", **{"import": str(job.pk), "state": state}, **counts)
