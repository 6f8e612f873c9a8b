"""How much a shard still has to tell, and what it has given up: counts only, over all its organizations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from pantrypal.tenancy.context import org_scope


@dataclass(slots=True)
class Backlog:
    """`waiting`: events the relay has not seen, the `oldest` since when; `parked` by organization."""

    waiting: int = 0
    oldest: datetime | None = None
    unfinished: int = 0
    parked: dict[int, int] = field(default_factory=dict)


def backlog_of(schema: str) -> Backlog:
    query = sql.SQL("SELECT * FROM {}()").format(sql.Identifier(schema, "journal_backlog"))
    with org_scope(None), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    backlog = Backlog()
    for org_id, waiting, oldest, unfinished, parked in rows:
        backlog.waiting += waiting
        backlog.unfinished += unfinished
        backlog.oldest = min(filter(None, (backlog.oldest, oldest)), default=None)
        if parked:
            backlog.parked[org_id] = parked
    return backlog
