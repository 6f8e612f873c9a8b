"""Relay, broker and worker as they run in a shop, and what happens when one of them dies."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from billing.queries import bill_pdf
from pantrypal.journal.models import AuditEntry, InboxEntry, OutboxEvent
from tests.journal.effects import EFFECT
from tests.owner import settle_backlog
from tests.pdf import text_of
from tests.processes import Processes, until
from tests.shop import Shop, line

pytestmark = pytest.mark.xdist_group("workers")


@pytest.fixture(scope="module")
def processes(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    settle_backlog()
    made = Processes(tmp_path_factory.mktemp("processes"))
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def at_work(processes: Processes, committed_shop: Shop) -> Processes:
    """A relay and a worker, started where the test before has left none."""
    for name in ("relay", "worker"):
        if name not in processes.running:
            processes.start(name)
    return processes


def emit(topic: str, place: Path) -> OutboxEvent:
    with transaction.atomic():
        return OutboxEvent.emit(topic, place=str(place))


def entry_of(event: OutboxEvent) -> InboxEntry | None:
    with transaction.atomic():
        return InboxEntry.objects.filter(event=event).first()


def is_done(event: OutboxEvent) -> bool:
    entry = entry_of(event)
    return entry is not None and entry.done_at is not None


def is_parked(event: OutboxEvent) -> bool:
    entry = entry_of(event)
    return entry is not None and entry.parked_at is not None


def make_due(event: OutboxEvent) -> None:
    """Half a minute passes."""
    with transaction.atomic():
        InboxEntry.objects.filter(event=event).update(next_at=timezone.now())


def effects_of(event: OutboxEvent) -> int:
    with transaction.atomic():
        return AuditEntry.objects.filter(action=EFFECT, subject_id=str(event.pk)).count()


def test_the_worker_makes_the_pdf_of_a_bill(committed_shop: Shop, at_work: Processes) -> None:
    with transaction.atomic():
        milk = committed_shop.product(names={"hi": "दूध 1 लीटर"})
        committed_shop.stock(milk, "5")
    bill = committed_shop.sell(line(milk)).bill

    def made() -> bool:
        with transaction.atomic():
            return bill_pdf(bill.pk) is not None

    until(made, f"no PDF: {at_work.log('worker')}")
    with transaction.atomic():
        file = bill_pdf(bill.pk)
        assert file is not None
        text = text_of(file.read())
    assert bill.number in text
    assert "दूध 1 लीटर" in text


def test_a_task_whose_process_is_killed_is_done_once_after_all(at_work: Processes, tmp_path: Path) -> None:
    event = emit("test.wait", tmp_path)
    begun = tmp_path / "begun"
    until(lambda: begun.exists() and begun.read_text(), "the work never began")

    first = int(begun.read_text())
    os.kill(first, signal.SIGKILL)
    (tmp_path / "leave").touch()

    until(lambda: is_done(event), f"not done again: {at_work.log('worker')}")
    entry = entry_of(event)
    assert entry is not None
    assert (entry.deliveries, entry.failures) == (2, 0)
    assert effects_of(event) == 1
    assert int(begun.read_text()) != first


def test_a_killed_worker_leaves_its_task_to_the_next_one(at_work: Processes, tmp_path: Path) -> None:
    event = emit("test.wait", tmp_path)
    until((tmp_path / "begun").exists, "the work never began")

    at_work.kill("worker")
    assert effects_of(event) == 0
    (tmp_path / "leave").touch()
    make_due(event)
    at_work.start("worker")

    until(lambda: is_done(event), f"not done: {at_work.log('worker')}")
    assert effects_of(event) == 1


def test_what_an_emptied_broker_has_lost_is_sent_again(at_work: Processes, tmp_path: Path) -> None:
    at_work.kill("worker")
    (tmp_path / "leave").touch()
    event = emit("test.wait", tmp_path)
    until(lambda: at_work.broker.llen("bills"), "the relay sent nothing")

    at_work.broker.flushdb()
    make_due(event)
    at_work.start("worker")

    until(lambda: is_done(event), f"not done: {at_work.log('relay')}")
    assert effects_of(event) == 1


def test_work_that_kills_its_worker_is_parked_and_the_rest_goes_on(at_work: Processes, tmp_path: Path) -> None:
    poison = emit("test.poison", tmp_path)
    until(lambda: is_parked(poison), f"not parked: {at_work.log('worker')}")

    entry = entry_of(poison)
    assert entry is not None
    assert entry.deaths == 3
    assert effects_of(poison) == 0
    (tmp_path / "leave").touch()
    good = emit("test.wait", tmp_path)
    until(lambda: is_done(good), f"the queue is stuck: {at_work.log('worker')}")


def test_work_that_fails_is_rolled_back_tried_again_and_says_in_the_log_what_it_was(
    committed_shop: Shop, at_work: Processes, tmp_path: Path
) -> None:
    event = emit("test.error", tmp_path)
    until(lambda: (entry := entry_of(event)) and entry.failures == 1, f"did not fail: {at_work.log('worker')}")
    entry = entry_of(event)
    assert entry is not None
    assert (entry.error, effects_of(event)) == ("ValueError: The printer is on fire.", 0)

    make_due(event)
    until(lambda: is_done(event), f"not done: {at_work.log('worker')}")

    assert effects_of(event) == 1
    lines = [json.loads(text) for text in at_work.log("worker").splitlines() if text.startswith("{")]
    told = [line for line in lines if "The printer is on fire." in json.dumps(line)]
    assert {(line.get("task"), line.get("org_id")) for line in told} == {
        ("tests.fail_once", str(committed_shop.org.pk))
    }
