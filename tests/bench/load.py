"""Drives wrk against an address of this machine and reads its figures."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LUA = Path(__file__).parent / "lua"


@dataclass(frozen=True, slots=True)
class Figures:
    """Served requests a second, milliseconds at the 50th, 95th and 99th percentile, and what went wrong."""

    per_second: float
    p50: float
    p95: float
    p99: float
    refused: int  # answers of 400 and above
    broken: int  # connections and time-outs
    requests: int


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def drive(address: str, script: str, *, clients: int, seconds: int, arguments: list[str]) -> Figures:
    """`script` is a file of tests/bench/lua; `arguments` are handed to it."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s", "-s", script, address, "--"]
    done = subprocess.run([*command, *arguments], cwd=LUA, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("FIGURES")]
    if done.returncode or not lines:
        raise RuntimeError(f"wrk: {done.stdout}\n{done.stderr}")
    requests, micros, p50, p95, p99, refused, broken = map(int, lines[0].split()[1:])
    return Figures((requests - refused) / (micros / 1e6), p50 / 1e3, p95 / 1e3, p99 / 1e3, refused, broken, requests)
