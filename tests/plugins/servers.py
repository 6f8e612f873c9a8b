"""Starts the embedded servers once, before pytest-django reads the settings; xdist workers inherit the addresses.

Each worker has a database (tests/database.py), a cache and a folder for files of its own: ids of rows are the same
in all of them.
"""

from __future__ import annotations

import os

import pytest

from deploy.devstack.services import Services

_services: Services | None = None

ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "HTTPS": "0",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CONN_MAX_AGE": "0",  # a kept connection would block "drop database"
    "LOG_LEVEL": "ERROR",
    "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args) -> None:
    global _services
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        stand_apart(int(worker.removeprefix("gw")))
        return
    if {"--help", "-h", "--version"} & set(args):
        return
    for name, value in ENVIRONMENT.items():
        os.environ[name] = value
    try:
        _services = Services(ephemeral=True, database="pantrypal_test").start(say=lambda line: None)
    except RuntimeError as problem:
        raise pytest.UsageError(str(problem)) from problem
    os.environ["MEDIA_ROOT"] = f"{_services.home}/media"


def stand_apart(worker: int) -> None:
    """The broker's databases: 0 and 1 without xdist, then two for each worker (the cache, and Celery's messages)."""
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{2 * worker + 2}"
    os.environ["MEDIA_ROOT"] += f"-{worker}"


def pytest_report_header() -> str | None:
    if _services is None:
        return None
    database = _services.postgres.label if _services.postgres else "DATABASE_URL"
    broker = _services.valkey.label if _services.valkey else "REDIS_URL"
    return f"database: {database}; broker: {broker}"


def pytest_unconfigure() -> None:
    global _services
    if _services is not None:
        _services.stop()
        _services = None
