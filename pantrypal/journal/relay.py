"""The relay: hands events from the outbox to Celery, at least once.

PostgreSQL holds the truth; a message is only a hint. A message that never leads to a finished inbox
row (a dead worker, an emptied broker) is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from celery import current_app
from django.db import connection, transaction
from psycopg import sql

from pantrypal.journal.consumers import RETRY_AFTER, consumers_by_topic, queue_of
from pantrypal.tenancy.context import org_scope

BATCH = 500

Hint = tuple[int, UUID, str]


def schemas() -> list[str]:
    """The shards in which organizations live."""
    with org_scope(None), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT schema_name FROM org_route ORDER BY schema_name")
        return [row[0] for row in cursor.fetchall()]


def relay_once(schema: str) -> int:
    """Relay what waits in one shard; returns how many messages were sent."""
    return _call(schema, "journal_relay_events", json.dumps(consumers_by_topic()), BATCH, RETRY_AFTER)


def resend_due(schema: str) -> int:
    """Send again what was sent and not finished in time; returns how many messages were sent."""
    due = ("journal_due_entries", "journal_due_deliveries")
    return sum(_call(schema, function, BATCH, RETRY_AFTER) for function in due)


def _call(schema: str, function: str, *arguments: Any) -> int:
    marks = sql.SQL(", ").join(sql.Placeholder() * len(arguments))
    query = sql.SQL("SELECT * FROM {}({})").format(sql.Identifier(schema, function), marks)
    with org_scope(None), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, list(arguments))
        hints: list[Hint] = cursor.fetchall()
    # After the commit: a quick worker must find the inbox row. If sending fails, the rows fall due again.
    _send(hints)
    return len(hints)


def _send(hints: Sequence[Hint]) -> None:
    """Over a connection of its own and without trying twice: one whose broker has died stays useless after it has come
    back, and what is not sent falls due again."""
    if not hints:
        return
    with current_app.connection_for_write() as broker:
        producer = current_app.amqp.Producer(broker)
        for org_id, event_id, consumer in hints:
            task = current_app.tasks[consumer]
            headers = {"org_id": str(org_id)}
            sent: dict[str, Any] = {
                "headers": headers,
                "queue": queue_of(consumer),
                "producer": producer,
                "retry": False,
            }
            task.apply_async(args=(str(event_id),), **sent)
