"""An installation as it is shipped: PgBouncer, instances and nginx as processes, from the files in deploy/."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

from deploy.devstack.postgres import free_port
from deploy.render import render
from tests.database import REPO

DEPLOY = REPO / "deploy"
PATIENCE = 60


def missing_servers() -> list[str]:
    """Names of the Debian packages that this machine lacks for it."""
    return [name for name in ("nginx", "pgbouncer") if _program(name) is None]


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _answers(address: tuple[str, int], process: subprocess.Popen[bytes]) -> bool:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        try:
            with socket.create_connection(address, timeout=1):
                return True
        except OSError:
            time.sleep(0.05)
    return False


@dataclass
class Installation:
    """`home` must be reachable for an unprivileged account when this runs as root."""

    home: Path
    database_url: str  # the app role's, straight to PostgreSQL
    redis_url: str
    instances: int = 3
    workers: int = 1
    at_once: int = 64
    pool: int = 20
    extra: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    # -- life ---------------------------------------------------------------------------------

    def start(self) -> Installation:
        names = [f"web{i}" for i in range(self.instances)]
        self.ports = {name: free_port() for name in ("pgbouncer", "nginx", *names)}
        self._start_pgbouncer()
        for name in names:
            self.start_web(name)
        for name in names:
            self.await_web(name)
        self._start_nginx()
        return self

    def stop(self) -> None:
        for process in reversed(self.running.values()):
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.running.clear()

    def log(self, name: str) -> str:
        return (self.home / f"{name}.out").read_text(errors="replace")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports['nginx']}"

    # -- the instances ------------------------------------------------------------------------

    def start_web(self, name: str) -> None:
        env = self.environment() | {
            "GUNICORN_BIND": f"127.0.0.1:{self.ports[name]}",
            "GUNICORN_WORKERS": str(self.workers),
        }
        command = [sys.executable, "-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py"), "pantrypal.wsgi"]
        self.spawn(name, command, env=env)

    def await_web(self, name: str) -> None:
        """Until the instance answers, its first worker included."""
        self.await_port(name)
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.ports[name]}/livez", timeout=PATIENCE) as answer:
                    assert answer.status == 200
                    return
            except OSError:  # of the one before it, which was ended hard
                assert time.monotonic() < limit, self.log(name)
                time.sleep(0.05)

    def await_port(self, name: str) -> None:
        assert _answers(("127.0.0.1", self.ports[name]), self.running[name]), self.log(name)

    def end_web(self, name: str) -> None:
        """As a supervisor ends it: what it has begun is answered first."""
        process = self.running.pop(name)
        process.terminate()
        process.wait(PATIENCE)

    def reload_web(self, name: str) -> None:
        """New workers with new code on the same socket."""
        self.running[name].send_signal(signal.SIGHUP)

    def start_celery(self) -> None:
        env = self.environment()
        queues = "bills,notify,stock,reports,imports,webhooks"
        worker = [sys.executable, "-m", "celery", "-A", "pantrypal", "worker", "-c", "1", "-Q", queues]
        self.spawn("worker", [*worker, "--without-gossip", "--without-mingle"], env=env)
        self.spawn("relay", [sys.executable, "manage.py", "relay"], env=env)

    def environment(self) -> dict[str, str]:
        parts = urlsplit(self.database_url)
        through = f"postgresql://{parts.username}:{parts.password}@127.0.0.1:{self.ports['pgbouncer']}/pantrypal"
        return (
            dict(os.environ)
            | {
                "DJANGO_SETTINGS_MODULE": "pantrypal.settings",
                "DATABASE_URL": through,
                "REDIS_URL": self.redis_url,
                "ALLOWED_HOSTS": "127.0.0.1,localhost",
                "HTTPS": "0",
                "CONN_MAX_AGE": "60",
                "LOG_LEVEL": "ERROR",
            }
            | self.extra
        )

    # -- what stands around them --------------------------------------------------------------

    def _start_pgbouncer(self) -> None:
        parts = urlsplit(self.database_url)
        values = {
            "PANTRY_PG_HOST": str(parts.hostname),
            "PANTRY_PG_PORT": str(parts.port or 5432),
            "PANTRY_PG_DATABASE": parts.path.strip("/"),
            "PANTRY_BOUNCER_HOST": "127.0.0.1",
            "PANTRY_BOUNCER_PORT": str(self.ports["pgbouncer"]),
            "PANTRY_RUN": str(self.home),
            "PANTRY_POOL": str(self.pool),
        }
        config = self.home / "pgbouncer.ini"
        config.write_text(render((DEPLOY / "pgbouncer/pgbouncer.ini.template").read_text(), values))
        users = self.home / "userlist.txt"
        users.write_text(f'"{parts.username}" "{unquote(parts.password or "")}"\n')
        as_account = []
        if os.geteuid() == 0:  # it refuses to run as root
            account = pwd.getpwnam("nobody")
            as_account = ["-u", account.pw_name]
            for path in (self.home, config, users):
                os.chown(path, account.pw_uid, account.pw_gid)
        self.spawn("pgbouncer", [_program("pgbouncer") or "pgbouncer", *as_account, str(config)])
        self.await_port("pgbouncer")

    def _start_nginx(self) -> None:
        webs = [name for name in self.ports if name.startswith("web")]
        values = {
            "PANTRY_RUN": str(self.home),
            "PANTRY_LISTEN": f"127.0.0.1:{self.ports['nginx']}",
            "PANTRY_UPSTREAMS": " ".join(
                f"server 127.0.0.1:{self.ports[name]} max_fails=1 fail_timeout=2s;" for name in webs
            ),
            "PANTRY_AT_ONCE": str(self.at_once),
        }
        for name in ("pantrypal.conf", "nginx.conf"):
            template = (DEPLOY / "nginx" / f"{name}.template").read_text()
            (self.home / name).write_text(render(template, values))
        command = [_program("nginx") or "nginx", "-c", str(self.home / "nginx.conf"), "-p", str(self.home)]
        self.spawn("nginx", [*command, "-g", "daemon off;"])
        self.await_port("nginx")

    def spawn(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        with (self.home / f"{name}.out").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=REPO, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
