"""Start what is missing: a server is embedded only where DATABASE_URL / REDIS_URL is not set."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

from deploy.devstack.postgres import Postgres
from deploy.devstack.reaper import Reaper
from deploy.devstack.roles import provision
from deploy.devstack.valkey import Valkey

REPO = Path(__file__).resolve().parents[2]
SCRATCH = Path("/var/tmp" if os.path.isdir("/var/tmp") else tempfile.gettempdir())


def data_home() -> Path:
    """Where the demo keeps its data. As root it must be a folder that an unprivileged account can reach."""
    if chosen := os.environ.get("PANTRY_DATA_DIR"):
        return Path(chosen).resolve()
    if os.geteuid() == 0:
        tag = hashlib.sha256(str(REPO).encode()).hexdigest()[:10]
        return SCRATCH / f"pantrypal-{tag}"
    return REPO / "var"


def sweep() -> None:
    """Remove the servers and folders of test runs that were killed (their owner process is gone)."""
    for home in SCRATCH.glob("pantrypal-test-*"):
        try:
            os.kill(int((home / "owner.pid").read_text()), 0)
        except (ProcessLookupError, ValueError):
            for pidfile in ("pg/postmaster.pid", "valkey.pid"):
                try:
                    os.kill(int((home / pidfile).read_text().split()[0]), signal.SIGQUIT)
                except (OSError, ValueError, IndexError):
                    pass
            shutil.rmtree(home, ignore_errors=True)
        except OSError:
            pass  # another user's, or still being made


class Services:
    """PostgreSQL and Valkey of one demo or one test run; their addresses go into the environment.

    Set by `start`: DATABASE_URL (app role), DATABASE_OWNER_URL, DATABASE_ADMIN_URL, REDIS_URL.
    A DATABASE_URL given from outside without DATABASE_OWNER_URL is a superuser's, from which both
    roles are made; given with it, both are used as they are.
    """

    def __init__(self, *, ephemeral: bool, database: str = "pantrypal") -> None:
        self.ephemeral = ephemeral
        self.database = database
        self.home: Path | None = None
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.reaper = Reaper()

    def start(self, say: Callable[[str], None]) -> Services:
        try:
            self._make_home()
            self._start_postgres(say)
            self._start_valkey(say)
        except BaseException:
            self.stop()
            raise
        return self

    def _make_home(self) -> None:
        if self.ephemeral:
            sweep()
            self.home = Path(tempfile.mkdtemp(prefix="pantrypal-test-", dir=SCRATCH))
            self.home.chmod(0o755)
            (self.home / "owner.pid").write_text(str(os.getpid()))
        else:
            self.home = data_home()
            self.home.mkdir(parents=True, exist_ok=True)

    def _start_postgres(self, say: Callable[[str], None]) -> None:
        assert self.home is not None
        if os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_OWNER_URL"):
            return
        admin = os.environ.get("DATABASE_URL")
        if not admin:
            self.postgres = Postgres(self.home / "pg", durable=not self.ephemeral)
            self.reaper.tell(f"postmaster {self.postgres.data}/postmaster.pid")
            self.postgres.start()
            admin = self.postgres.url
            say(f"PostgreSQL: {self.postgres.label} on port {self.postgres.port}, data in {self.postgres.data}")
        owner, app = provision(admin, self.database)
        os.environ.update(DATABASE_ADMIN_URL=admin, DATABASE_OWNER_URL=owner, DATABASE_URL=app)

    def _start_valkey(self, say: Callable[[str], None]) -> None:
        assert self.home is not None
        if os.environ.get("REDIS_URL"):
            return
        self.valkey = Valkey(self.home / "valkey.log").start()
        assert self.valkey.process is not None
        self.reaper.tell(f"group {self.valkey.process.pid}")
        os.environ["REDIS_URL"] = self.valkey.url
        say(f"Valkey: {self.valkey.label} on port {self.valkey.port}")

    def stop(self) -> None:
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            if self.ephemeral:
                self.postgres.destroy()
            else:
                self.postgres.stop()
        if self.ephemeral and self.home:
            shutil.rmtree(self.home, ignore_errors=True)
        self.reaper.close()
