"""The product as people meet it: gunicorn on the tests' database, with its static files."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.db import connections

from tests.database import REPO, with_database
from tests.processes import until

HOST = "127.0.0.1"


class Site:
    """`address` is where it answers; what it says goes to `log`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._port = _free_port()
        self.address = f"http://{HOST}:{self._port}"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"]),
            "WHITENOISE_USE_FINDERS": "1",
            "SITE_URL": self.address,
            "LOG_LEVEL": "WARNING",
        }
        gunicorn = [sys.executable, "-m", "gunicorn", "pantrypal.wsgi", "-b", f"{HOST}:{self._port}", "--threads", "8"]
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                gunicorn, cwd=REPO, env=env, stdout=out, stderr=out, start_new_session=True
            )
        until(self._answers, "the site did not start")

    def end(self) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log.read_text()
        connection = HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
