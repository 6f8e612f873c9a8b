"""`make demo` as somebody who has just cloned the repository meets it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from deploy.devstack.demo import port_is_free
from deploy.devstack.postgres import free_port
from deploy.devstack.services import SCRATCH

REPO = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "REDIS_URL", "SECRET_KEY", "MEDIA_ROOT")
KEY = re.compile(r"all scopes: (pp_\S+)")


def until(done: Callable[[], object], *, seconds: float, what: str) -> None:
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, what
        time.sleep(0.1)


@dataclass
class Demo:
    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.home / "demo.log").read_text()

    def start(self) -> str:
        """Returns the API key that was printed."""
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        env |= {
            "PORT": str(self.port),
            "PANTRY_DATA_DIR": str(self.home),
            "DJANGO_SETTINGS_MODULE": "pantrypal.settings",
        }
        with (self.home / "demo.log").open("wb") as log:
            command = [sys.executable, "-m", "deploy.devstack.demo"]
            self.process = subprocess.Popen(command, cwd=REPO, env=env, stdout=log, stderr=log, start_new_session=True)
        until(self._is_ready, seconds=150, what=f"not ready:\n{self.log}")
        found = KEY.search(self.log)
        assert found, self.log
        return found[1]

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        return "Ready in" in self.log

    def get(self, path: str, key: str = "") -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers=headers), timeout=10) as answer:
                return answer.status, answer.read()
        except HTTPError as refusal:
            return refusal.code, refusal.read()

    def stop(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(30)
        until(lambda: not self.processes(), seconds=30, what=f"still running: {self.processes()}")

    def processes(self) -> list[str]:
        """Every process that was started with this demo's data folder in its environment or arguments."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(self.home).encode() in told and int(entry.name) != os.getpid():
                found.append(told[:100].decode(errors="replace"))
        return found


@pytest.fixture
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="pantrypal-demo-", dir=SCRATCH, ignore_cleanup_errors=True) as home:
        Path(home).chmod(0o755)
        made = Demo(Path(home), free_port())
        yield made
        if made.process and made.process.poll() is None:
            made.stop(signal.SIGTERM)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for left-over processes in /proc")
def test_the_demo_starts_dies_and_comes_back_as_it_was(demo: Demo) -> None:
    key = demo.start()
    assert demo.get("/livez") == (200, b"ok")
    assert demo.get("/accounts/login/")[0] == 200
    status, bills = demo.get("/api/v1/bills?limit=1", key)
    assert (status, b'"number":"B' in bills.replace(b" ", b"")) == (200, True)
    until(lambda: any((demo.home / "media").rglob("*.pdf")), seconds=30, what="no PDF was made")

    demo.stop(signal.SIGKILL)
    again = demo.start()
    assert again == key
    assert demo.get("/api/v1/me", key)[0] == 200

    demo.stop(signal.SIGTERM)
    assert "stopped" in demo.log


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not port_is_free(port)
        done = subprocess.run(
            [sys.executable, "-m", "deploy.devstack.demo"],
            cwd=REPO,
            env=os.environ | {"PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stdout.startswith(f"Port {port} is in use.")
