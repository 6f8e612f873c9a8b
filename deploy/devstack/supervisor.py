"""Run a few processes with prefixed live logs; end all of them together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

from deploy.devstack.reaper import Reaper

COLOURS = (36, 33, 35, 32, 34)


class Supervisor:
    """Ends everything on Ctrl-C, on SIGTERM, or when one of its processes ends."""

    def __init__(self, reaper: Reaper) -> None:
        self.reaper = reaper
        self.processes: list[tuple[str, subprocess.Popen[str]]] = []
        self._pumps: list[threading.Thread] = []
        self._printing = threading.Lock()
        self._stop = threading.Event()

    def say(self, name: str, line: str) -> None:
        label = f"{name:>7} |"
        if sys.stdout.isatty():
            label = f"\033[{COLOURS[sum(map(ord, name)) % len(COLOURS)]}m{label}\033[0m"
        with self._printing:
            print(label, line, flush=True)

    def finish(self, name: str, *commands: list[str]) -> None:
        """Run commands side by side to their ends, before the rest is started. Raises RuntimeError if one fails."""
        began = time.monotonic()
        for command in commands:
            self.spawn(name, command)
        for _, process in self.processes:
            process.wait()
        for pump in self._pumps:
            pump.join()
        codes = [process.returncode for _, process in self.processes]
        self.processes.clear()
        self._pumps.clear()
        if any(codes):
            raise RuntimeError(f"{name} failed; see above.")
        self.say(name, f"done in {time.monotonic() - began:.0f} s")

    def spawn(self, name: str, command: list[str]) -> None:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            bufsize=1,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,  # the terminal's Ctrl-C goes to us only
        )
        self.processes.append((name, process))
        self.reaper.tell(f"group {process.pid}")
        self._pumps.append(threading.Thread(target=self._pump, args=(name, process), daemon=True))
        self._pumps[-1].start()

    def _pump(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.say(name, line.rstrip())

    def ended(self) -> bool:
        """Has one of the processes ended by itself?"""
        return any(process.poll() is not None for _, process in self.processes)

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        code = 0
        while not self._stop.is_set():
            for name, process in self.processes:
                if process.poll() is not None:
                    self.say(name, f"ended with status {process.returncode}; stopping the rest")
                    code = process.returncode or 1
                    self._stop.set()
            self._stop.wait(0.3)
        self.end()
        return code

    def end(self, grace: float = 8.0) -> None:
        for _, process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        limit = time.monotonic() + grace
        for name, process in self.processes:
            try:
                process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                self.say(name, "did not stop in time; killed")
