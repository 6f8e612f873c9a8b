"""A relay and a worker as processes of their own, on the tests' database and a broker database of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.db import connections

from deploy.devstack.valkey import Valkey
from tests.database import REPO, with_database

APP = "tests.journal.effects"
RELAY = f"import {APP}; from django.core.management import call_command; call_command('relay')"
WORKER = "worker -P prefork -c 1 -Q bills,notify,stock,imports --without-gossip --without-mingle"
COMMANDS = {"relay": ["-c", RELAY], "worker": ["-m", "celery", "-A", APP, *WORKER.split()]}


def until(done: Callable[[], object], what: str, *, seconds: float = 60) -> None:
    """Look again until it is true."""
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, what
        time.sleep(0.05)


@dataclass
class Processes:
    """Output goes to files in `place`; `env` comes on top of the tests' own. `own_broker`: one that may be killed."""

    place: Path
    env: dict[str, str] = field(default_factory=dict)
    own_broker: Valkey | None = None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def broker_url(self) -> str:
        """The database beside the cache's: xdist workers do not take each other's messages."""
        if self.own_broker is not None:
            return self.own_broker.url
        address, _, number = os.environ["REDIS_URL"].rpartition("/")
        return f"{address}/{int(number or 0) + 1}"

    @property
    def broker(self) -> redis.Redis:
        return redis.Redis.from_url(self.broker_url)

    def start(self, name: str) -> None:
        env = (
            os.environ
            | self.env
            | {
                "DJANGO_SETTINGS_MODULE": "pantrypal.settings",
                "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"]),
                "REDIS_URL": self.broker_url,
                "LOG_LEVEL": "INFO",
            }
        )
        with (self.place / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *COMMANDS[name]], cwd=REPO, env=env, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """kill -9, the process with all its children."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def kill_broker(self) -> None:
        """kill -9: whatever it held is gone, and nobody can reach it."""
        assert self.own_broker is not None
        assert self.own_broker.process is not None
        os.killpg(self.own_broker.process.pid, signal.SIGKILL)
        self.own_broker.process.wait(10)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.broker.flushdb()

    def log(self, name: str) -> str:
        path = self.place / f"{name}.log"
        return path.read_text() if path.exists() else ""
