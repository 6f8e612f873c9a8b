"""The owner of the database, who can do what the app role cannot: rewrite the past."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings

from tests.database import with_database


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    url = with_database(os.environ["DATABASE_OWNER_URL"], settings.DATABASES["default"]["NAME"])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = shard_0001, public")
        # Past the triggers too, as somebody with the whole machine in hand could go.
        connection.execute("SET session_replication_role = replica")
        yield connection
