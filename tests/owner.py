"""The owner of the database, who can do what the app role cannot: rewrite the past."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings

from tests.database import SHARDS, with_database


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    url = with_database(os.environ["DATABASE_OWNER_URL"], settings.DATABASES["default"]["NAME"])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = shard_0001, public")
        # Past the triggers too, as somebody with the whole machine in hand could go.
        connection.execute("SET session_replication_role = replica")
        yield connection


def settle_backlog() -> None:
    """Call everything that earlier tests have left for workers done, so that a worker meets only what comes next."""
    with owner_connection() as connection:
        for shard in SHARDS:
            connection.execute("SELECT set_config('search_path', %s, false)", [f"{shard}, public"])
            connection.execute("SELECT journal_relay_events('{}', 1000000, '1 minute')")
            connection.execute("UPDATE journal_inboxentry SET done_at = now() WHERE done_at IS NULL")
