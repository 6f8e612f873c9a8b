"""Many rows in one statement, handed over as JSON.

`bulk_create` prepares its statement value by value; for thousands of wide rows that takes longer than the database
needs to carry it out. It remains the way for everything that is not counted in tens of thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from django.db import connection
from psycopg import sql

from pantrypal.tenancy.context import require_org_id
from pantrypal.tenancy.models import OrgModel


def insert_rows(model: type[OrgModel], rows: Sequence[Mapping[str, Any]], *, or_update: Sequence[str] = ()) -> None:
    """Rows by column, each with the same columns; `org_id` is none of them: it is the active organization's.

    `or_update`: the columns in which a row that is there already, by its id, becomes like the one given.
    """
    if rows:
        statement = _statement(model._meta.db_table, tuple(rows[0]), tuple(or_update))
        with connection.cursor() as cursor:
            cursor.execute(statement, [require_org_id(), msgspec.json.encode(rows, enc_hook=str).decode()])


@cache
def _statement(table: str, columns: tuple[str, ...], changed: tuple[str, ...]) -> str:
    text = (
        "INSERT INTO {table} (org_id, {columns})"
        " SELECT %s, {columns} FROM json_populate_recordset(NULL::{table}, %s::json)"
    )
    if changed:
        text += " ON CONFLICT (org_id, id) DO UPDATE SET {changes}"
    names = {name: sql.Identifier(name) for name in columns}
    changes = [sql.SQL("{0} = excluded.{0}").format(names[name]) for name in changed]
    parts: dict[str, Any] = {"columns": sql.SQL(", ").join(names.values()), "changes": sql.SQL(", ").join(changes)}
    return sql.SQL(text).format(table=sql.Identifier(table), **parts).as_string(None)
