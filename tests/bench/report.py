"""Writes the figures down: for people (deploy/docs/performance.md), and to compare the next run with."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.sizes import Size

REPO = Path(__file__).resolve().parents[2]
PAGE = REPO / "deploy" / "docs" / "performance.md"
LAST = Path(__file__).with_name("last.json")
MARK = "<!-- figures: written by make bench -->"
SLOWER = 0.85


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of a row; CPU in milliseconds a request."""

    name: str
    clients: int
    per_second: float
    p50: float
    p95: float
    p99: float
    refused: int
    broken: int
    cpu: dict[str, float]


def write(results: list[Result], size: Size) -> None:
    text = table(results, size)
    print(text)
    for line in slower(results):
        print(line)
    if os.environ.get("ROWS"):
        return  # a part only: nothing to keep
    before = PAGE.read_text().partition(MARK)[0] if PAGE.exists() else "# Speed\n\n"
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(f"{before}{MARK}\n\n{text}")
    LAST.write_text(json.dumps([asdict(result) for result in results], indent=1) + "\n")


COLUMNS = "what|clients|a second|P50 ms|P95 ms|P99 ms|refused|broken|app ms|database ms|Redis ms|of the floor"


def table(results: list[Result], size: Size) -> str:
    floor = next((each.per_second for each in results if "floor" in each.name), None)
    columns = COLUMNS.split("|")
    lines = [
        f"Measured on {datetime.now(UTC):%d %b %Y}: {size}.",
        f"{os.cpu_count()} cores ({platform.machine()}) for everything, load included; {_versions()}.",
        "",
        _line(columns),
        _line(["---", *["--:"] * (len(columns) - 1)]),
        *(_line(_cells(each, floor)) for each in results),
    ]
    return "\n".join(lines) + "\n"


def _cells(each: Result, floor: float | None) -> list[str]:
    times = [f"{value:.1f}" for value in (each.p50, each.p95, each.p99)]
    cpu = [f"{each.cpu[part]:.2f}" for part in ("app", "database", "redis")]
    share = "" if floor is None else f"{each.per_second / floor:.2f}"
    wrong = [str(each.refused), str(each.broken)]
    return [each.name, str(each.clients), f"{each.per_second:,.0f}", *times, *wrong, *cpu, share]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _versions() -> str:
    named = ", ".join(f"{name} {version(name)}" for name in ("django", "psycopg", "gunicorn"))
    return f"Python {platform.python_version()}, {named}"


def slower(results: list[Result]) -> list[str]:
    """What has lost more than a seventh against the last run that was kept."""
    if not LAST.exists():
        return []
    before = {each["name"]: each["per_second"] for each in json.loads(LAST.read_text())}
    return [
        f"SLOWER: {each.name}: {each.per_second:,.0f}/s, was {before[each.name]:,.0f}/s"
        for each in results
        if each.name in before and each.per_second < SLOWER * before[each.name]
    ]
