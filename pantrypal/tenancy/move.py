"""Move one organization to another shard, as the owner role.

Correct because every request share-locks the org inside its BEGIN and reads the route after it has
the lock (public.pantry_enter): taking the exclusive lock drains requests in flight; those that
arrive meanwhile get 503 with Retry-After, the next ones read the new route. No route cache exists
that could be stale; object caches are keyed by org_id and stay valid. Ids are UUIDs and the key is
(org_id, id): no sequence, no renumbering.
"""

from __future__ import annotations

from django.db import connection, transaction
from psycopg import sql

from pantrypal.tenancy.checks import org_models


class MoveRefused(RuntimeError):
    """The organization stays where it is; the text says why."""


def move_org(org_id: int, target_schema: str) -> dict[str, int]:
    """Copy, compare, switch the route, then purge the source. Returns the rows moved by table."""
    with transaction.atomic(durable=True):
        source_schema = _lock(org_id)
        if source_schema == target_schema:
            raise MoveRefused(f"Organization {org_id} already lives in {target_schema}.")
        counts = {table: _copy(table, org_id, source_schema, target_schema) for table in _tables()}
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE public.org_route SET schema_name = %s, shard_id ="
                " (SELECT id FROM public.core_shard WHERE schema_name = %s) WHERE org_id = %s",
                [target_schema, target_schema, org_id],
            )
    purge_org(org_id, source_schema)
    return counts


def purge_org(org_id: int, schema: str) -> None:
    """Delete the rows that a move has left behind; they are already unreachable."""
    with transaction.atomic(durable=True):
        if _lock(org_id) == schema:
            raise MoveRefused(f"Organization {org_id} lives in {schema}; its rows stay.")
        with connection.cursor() as cursor:
            for table in _tables():
                delete = sql.SQL("DELETE FROM {} WHERE org_id = %s")
                cursor.execute(delete.format(sql.Identifier(schema, table)), [org_id])


def _tables() -> list[str]:
    return [model._meta.db_table for model in org_models()]


def _lock(org_id: int) -> str:
    """Wait until no request of the org runs, keep new ones out, and return where it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [org_id])
        cursor.execute("SELECT schema_name FROM public.org_route WHERE org_id = %s FOR UPDATE", [org_id])
        row = cursor.fetchone()
        if row is None:
            raise MoveRefused(f"There is no organization {org_id}.")
        # Whole orgs move, so foreign keys and append-only rules stay kept: skip their triggers.
        cursor.execute("SET LOCAL session_replication_role = replica")
    return str(row[0])


def _copy(table: str, org_id: int, source: str, target: str) -> int:
    model = next(model for model in org_models() if model._meta.db_table == table)
    parts: dict[str, sql.Composable] = {
        "old": sql.Identifier(source, table),
        "new": sql.Identifier(target, table),
        "columns": sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in model._meta.local_concrete_fields),
    }
    copy = sql.SQL("INSERT INTO {new} ({columns}) SELECT {columns} FROM {old} WHERE org_id = %s").format(**parts)
    count = sql.SQL("SELECT count(*) FROM {new} WHERE org_id = %s").format(**parts)
    with connection.cursor() as cursor:
        cursor.execute(copy, [org_id])
        copied = int(cursor.rowcount)
        cursor.execute(count, [org_id])
        if cursor.fetchone() != (copied,):
            raise MoveRefused(f"{target}.{table} holds rows of an earlier move of this organization: purge them first.")
    return copied
