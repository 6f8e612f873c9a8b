"""What an operator sees of a running house."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from pantrypal.core.watching import SECONDS
from pantrypal.journal.metrics import JournalCollector
from pantrypal.journal.models import InboxEntry, OutboxEvent
from tests.api import Api
from tests.shop import NOON, Shop


@pytest.mark.django_db
def test_the_house_says_whether_it_can_work(client: Client) -> None:
    assert client.get("/livez").content == b"ok"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "ok"})


@pytest.mark.django_db
def test_a_dead_cache_is_told_and_the_house_goes_on(client: Client, settings) -> None:
    dead = dict(settings.CACHES["default"], LOCATION="redis://127.0.0.1:1/0")
    settings.CACHES = {"default": dead}
    caches._settings = None  # read the changed settings

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "down"})


def test_a_slow_request_is_a_warning_with_its_shop(shop: Shop, till: Client, settings) -> None:
    settings.SLOW_REQUEST_MS = -1
    with capture_logs() as logged:
        till.get("/asha/admin/")

    (line,) = [line for line in logged if line["event"] == "request.slow"]
    assert (line["log_level"], line["method"], line["path"], line["status"]) == ("warning", "GET", "/asha/admin/", 200)


def test_a_slow_request_of_the_fast_lane_is_a_warning_too(shop: Shop, settings) -> None:
    settings.SLOW_REQUEST_MS = -1
    with capture_logs(processors=[merge_contextvars]) as logged:
        Api(shop).raw("GET", "scan?store=B1&code=9999")

    (line,) = [line for line in logged if line["event"] == "request.slow"]
    assert (line["path"], line["status"], line["org_id"]) == ("/api/v1/scan", 404, shop.org.pk)


def test_monitoring_counts_requests_by_route_and_never_by_shop(shop: Shop, till: Client) -> None:
    def counted() -> dict[tuple[str, str, str], float]:
        samples = [sample for metric in SECONDS.collect() for sample in metric.samples]
        return {
            (each.labels["method"], each.labels["route"], each.labels["status"]): each.value
            for each in samples
            if each.name.endswith("_count")
        }

    before = counted()
    till.get("/asha/admin/")
    till.get("/asha/nothing/here/")
    Api(shop).raw("GET", "scan?store=B1&code=9999")

    new = {key: value - before.get(key, 0) for key, value in counted().items() if value != before.get(key, 0)}
    assert {key: value for key, value in new.items() if "admin" in key[1] or "scan" in key[1]} == {
        ("GET", "admin/", "2xx"): 1,
        ("GET", "api/v1/scan", "4xx"): 1,
    }
    assert not [key for key in new if "asha" in str(key)]


def test_slow_sql_is_a_warning_without_its_values(db: None, settings) -> None:
    settings.SLOW_SQL_MS = -1
    with capture_logs() as logged, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", ["secret-of-a-person"])

    (line,) = [line for line in logged if line["event"] == "sql.slow"]
    assert line["sql"] == "SELECT %s::text"
    assert "secret-of-a-person" not in str(line)


def test_monitoring_sees_what_waits_in_each_shard_and_nothing_of_a_shop(committed_shop: Shop) -> None:
    def figures() -> dict[str, int]:
        gauges = JournalCollector().collect()
        return {
            g.name: sample.value for g in gauges for sample in g.samples if sample.labels == {"shard": "shard_0001"}
        }

    before = figures()
    with transaction.atomic():
        event = OutboxEvent.emit("test.canary", canary="canary")
        InboxEntry.objects.create(event=event, consumer="x", next_at=NOON, parked_at=NOON)
        InboxEntry.objects.create(event=event, consumer="y", next_at=NOON)
    after = figures()

    grown = {name: after[name] - before[name] for name in after if name != "pantrypal_oldest_event_seconds"}
    assert grown == {"pantrypal_events_waiting": 1, "pantrypal_work_unfinished": 1, "pantrypal_work_parked": 1}
