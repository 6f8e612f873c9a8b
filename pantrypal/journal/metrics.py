"""What monitoring sees of the outbox: for Prometheus, on a port that the relay opens for the inside only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils import timezone
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from pantrypal.journal.backlog import Backlog, backlog_of
from pantrypal.journal.relay import schemas

NAMES = {
    "events_waiting": "Events that the relay has not seen yet.",
    "oldest_event_seconds": "Age of the oldest of them.",
    "work_unfinished": "Pieces of work that were handed out and are not done.",
    "work_parked": "Pieces of work that were given up and wait for somebody.",
}


class JournalCollector(Collector):
    """One row for each shard; never one for each organization, of which there are too many."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = {schema: dict(figures_of(backlog_of(schema))) for schema in schemas()}
        for name, said in NAMES.items():
            gauge = GaugeMetricFamily(f"pantrypal_{name}", said, labels=["shard"])
            for schema, figures in found.items():
                gauge.add_metric([schema], figures[name])
            yield gauge
        connection.close()  # each scrape has a thread of its own


def figures_of(backlog: Backlog) -> Iterable[tuple[str, int]]:
    age = 0 if backlog.oldest is None else int((timezone.now() - backlog.oldest).total_seconds())
    yield "events_waiting", backlog.waiting
    yield "oldest_event_seconds", age
    yield "work_unfinished", backlog.unfinished
    yield "work_parked", sum(backlog.parked.values())


def serve(port: int, host: str) -> None:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(JournalCollector())
    start_http_server(port, host, registry)
