"""Citus only: bulk_create as multi-row VALUES.

Django 5.2 sends INSERT .. SELECT FROM UNNEST(..); Citus runs that as COPY into the shard, and COPY
FROM is refused under row-level security.
"""

from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLUpdateCompiler,
)
from django.db.models.sql.compiler import SQLInsertCompiler

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]
