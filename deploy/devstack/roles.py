"""The two roles and the database of an installation, made from a superuser's address."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROLES_SQL = Path(__file__).resolve().parents[1] / "postgres" / "roles.sql"


def provision(admin_url: str, database: str) -> tuple[str, str]:
    """Make roles and database where they are missing; return (owner's address, app role's address).

    Both roles get a new password each time, so nothing has to be stored.
    """
    passwords = {role: secrets.token_urlsafe(24) for role in ("pantry_owner", "pantry_app")}
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(ROLES_SQL.read_bytes())
        for role, password in passwords.items():
            change = sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(change.format(sql.Identifier(role), sql.Literal(password)))
        make_database(connection, database)
    return (
        address(admin_url, "pantry_owner", passwords["pantry_owner"], database),
        address(admin_url, "pantry_app", passwords["pantry_app"], database),
    )


def make_database(connection: psycopg.Connection, database: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not found:
        make = sql.SQL("CREATE DATABASE {} OWNER pantry_owner")
        connection.execute(make.format(sql.Identifier(database)))


def address(admin_url: str, user: str, password: str, database: str) -> str:
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password)}@{host}", path=f"/{database}"))
