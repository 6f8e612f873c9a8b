"""Roles and database of an installation, made from the superuser's address: python -m deploy.roles

DATABASE_ADMIN_URL, PANTRY_OWNER_PASSWORD and PANTRY_APP_PASSWORD come from the environment. Safe to run again.
"""

from __future__ import annotations

import os

import psycopg
from psycopg import sql

from deploy.devstack.roles import ROLES_SQL, make_database

PASSWORDS = {"pantry_owner": "PANTRY_OWNER_PASSWORD", "pantry_app": "PANTRY_APP_PASSWORD"}


def main() -> None:
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as connection:
        connection.execute(ROLES_SQL.read_bytes())
        for role, variable in PASSWORDS.items():
            change = sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(change.format(sql.Identifier(role), sql.Literal(os.environ[variable])))
        make_database(connection, os.environ.get("PANTRY_PG_DATABASE", "pantrypal"))


if __name__ == "__main__":
    main()
