"""The house that is measured: PostgreSQL with the shipped settings, Valkey, and what deploy/ ships around them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.devstack import postgres, services
from deploy.devstack.postgres import free_port
from tests.installation import DEPLOY, REPO, Installation

# What does not fit on a bench beside everything else, or is told by the starter.
NOT_TAKEN = {"max_connections", "shared_buffers", "timezone", "log_min_duration_statement"}
# Where the starter leaves the process ids of the servers.
PIDS = {"postgres": "BENCH_POSTGRES_PID", "valkey": "BENCH_VALKEY_PID"}
SETTING = re.compile(r"^(\w+) = '?([^'#\n]*?)'?\s*(?:#.*)?$", re.MULTILINE)


@dataclass
class House:
    installation: Installation
    floor_port: int

    def pid(self, part: str) -> int:
        return int(os.environ[PIDS[part]]) if part in PIDS else self.installation.running[part].pid

    def end_redis(self) -> None:
        """For good: this run's Valkey, and no other."""
        with suppress(ProcessLookupError):
            os.kill(int(os.environ[PIDS["valkey"]]), signal.SIGKILL)


def shipped_settings() -> dict[str, str]:
    found = dict(SETTING.findall((DEPLOY / "postgres/pantrypal.conf").read_text()))
    return {name: value for name, value in found.items() if name not in NOT_TAKEN}


def build() -> services.Services:
    """Servers and schema; durable, as a shop's are."""
    postgres.COMMON.update(shipped_settings())
    postgres.NOT_DURABLE.clear()
    made = services.Services(ephemeral=True, database="pantrypal").start(say=print)
    assert made.home is not None
    assert made.valkey is not None
    assert made.valkey.process is not None
    environment = {
        "SECRET_KEY": "bench-" + "x" * 50,
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        "LOG_LEVEL": "ERROR",
        "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "pantrypal.settings",
        "MEDIA_ROOT": str(made.home / "media"),
        PIDS["postgres"]: (made.home / "pg/postmaster.pid").read_text().split()[0],
        PIDS["valkey"]: str(made.valkey.process.pid),
    }
    os.environ.update(environment)
    owner = os.environ | {"PANTRY_ROLE": "owner"}
    shards = [f"shard_{number:04}" for number in range(1, 5)]
    command = [sys.executable, "manage.py", "create_shard", "--migrate", *shards]
    subprocess.run(command, cwd=REPO, env=owner, check=True)
    return made


def open_house() -> House:
    """nginx, PgBouncer and one instance on all cores; the floor beside them."""
    home = Path(tempfile.mkdtemp(prefix="pantrypal-test-", dir=services.SCRATCH))
    home.chmod(0o755)
    (home / "owner.pid").write_text(str(os.getpid()))
    cores = os.cpu_count() or 1
    installation = Installation(
        home,
        os.environ["DATABASE_URL"],
        os.environ["REDIS_URL"],
        instances=1,
        workers=max(2, cores),
        at_once=32,
        extra={"ALLOWED_HOSTS": "*"},
    ).start()
    house = House(installation, free_port())
    env = installation.environment() | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.floor",
        "GUNICORN_BIND": f"127.0.0.1:{house.floor_port}",
        "GUNICORN_WORKERS": str(max(2, cores)),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py"), "pantrypal.wsgi"]
    installation.spawn("floor", command, env=env)
    installation.ports["floor"] = house.floor_port
    installation.await_port("floor")
    return house
