"""The tests' database: migrated once by the owner into a template, cloned for each worker, used as the app role."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from deploy.devstack.roles import make_database

REPO = Path(__file__).resolve().parents[1]
SHARDS = ("shard_0001", "shard_0002")
LOCK = 7_205_701
# What a database looks like once it is migrated depends on these, and on nothing else.
SHAPED_BY = ("*/migrations/*.py", "*/*/migrations/*.py", "*/sql/*.sql", "*/*/sql/*.sql", "pantrypal/tenancy/**/*.py")


def admin_url() -> str:
    return os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_OWNER_URL"]


def with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(name: str) -> None:
    owner = with_database(os.environ["DATABASE_OWNER_URL"], name)
    env = os.environ | {"PANTRY_ROLE": "owner", "DATABASE_OWNER_URL": owner, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "create_shard", "--migrate", *SHARDS]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Migrating failed:\n{done.stdout}\n{done.stderr}")


def _fingerprint() -> str:
    files = sorted({path for pattern in SHAPED_BY for path in REPO.glob(pattern)})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


@pytest.fixture(scope="session")
def template_database() -> str:
    """A database with every migration applied and two shards; made by the worker that comes first.

    On a server that outlives the run (DATABASE_URL) it stays, and the next run with these migrations uses it.
    """
    name = f"pantrypal_template_{_fingerprint()}"
    with psycopg.connect(admin_url(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(admin, name):
            unfinished = f"{name}_unfinished"
            _drop(admin, unfinished)
            make_database(admin, unfinished)
            _migrate(unfinished)
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
    return name


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker) -> Iterator[None]:
    """Overrides pytest-django's: no flush, no owner rights, row-level security in force."""
    name = f"pantrypal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with psycopg.connect(admin_url(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        clone = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER pantry_owner")
        admin.execute(clone.format(sql.Identifier(name), sql.Identifier(template_database)))
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    with psycopg.connect(admin_url(), autocommit=True) as admin:
        _drop(admin, name)
