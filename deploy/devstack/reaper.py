"""Ends the servers if their owner dies without doing so (kill -9, closed terminal, out of memory).

The owner holds the other end of our standard input. Lines: "group <pid>" a process group to end with
SIGTERM, "postmaster <file>" a postmaster.pid to end with SIGINT, "bye" all was ended in order. End of
file without "bye": the owner is dead. Needs nothing but a pipe, so it works on Linux and macOS alike.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable


class Reaper:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-E", __file__],
            stdin=subprocess.PIPE,
            text=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            pass

    def close(self) -> None:
        self.tell("bye")
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError:
            pass
        self._process.wait(5)


def _send(groups: Iterable[int], number: int) -> int:
    """Signal each group; returns how many of them still exist."""
    alive = 0
    for group in groups:
        try:
            os.killpg(group, number)
            alive += 1
        except OSError:
            pass
    return alive


def _end(groups: list[int], postmasters: list[str]) -> None:
    _send(groups, signal.SIGTERM)
    for _ in range(60):
        if not _send(groups, 0):
            break
        time.sleep(0.1)
    _send(groups, signal.SIGKILL)
    for pidfile in postmasters:
        try:
            with open(pidfile) as lines:
                os.kill(int(lines.readline()), signal.SIGINT)
        except (OSError, ValueError):
            pass


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: list[int] = []
    postmasters: list[str] = []
    for line in sys.stdin:
        kind, _, argument = line.strip().partition(" ")
        if kind == "bye":
            return
        if kind == "group":
            groups.append(int(argument))
        elif kind == "postmaster":
            postmasters.append(argument)
    _end(groups, postmasters)


if __name__ == "__main__":
    main()
