"""Seed, open the house, drive every row in turn, several times, and write down the medians."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from threading import Timer

import django
import psycopg

django.setup()

from tests.bench.background import timed, works  # noqa: E402
from tests.bench.house import House, open_house  # noqa: E402  # needs the models
from tests.bench.load import Figures, drive  # noqa: E402
from tests.bench.pgbench import drive_pgbench, script_of  # noqa: E402
from tests.bench.processes import cpu_seconds  # noqa: E402
from tests.bench.report import Result, write  # noqa: E402
from tests.bench.rows import PGBENCH, Row, rows  # noqa: E402
from tests.bench.seeding import seed  # noqa: E402
from tests.bench.sizes import Size, chosen  # noqa: E402
from tests.bench.visits import page_200_of, signed_in  # noqa: E402

PARTS = {"app": "web0", "database": "postgres", "redis": "valkey"}
WARM_UP = 2
WITHOUT_REDIS = {"checkout, spread", "scan"}


def main() -> None:
    size = chosen()
    print(f"Seeding {size} ...", flush=True)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        shop = seed(owner, size)
    house = open_house()
    try:
        wanted = os.environ.get("ROWS", "")
        every = rows(shop, size, cookie=signed_in(shop), page_200=page_200_of(shop))
        script = script_of(shop, size)
        chosen_rows = [row for row in every if wanted in row.name or row.floor]
        results = measure(house, chosen_rows, size, script)
        results += [_worked(house, name, work) for name, work in works(shop).items() if wanted in name]
        results += without_redis(house, [row for row in chosen_rows if row.name in WITHOUT_REDIS], size)
        write(results, size)
    except RuntimeError:
        for part in house.installation.running:
            print(f"-- {part}\n{house.installation.log(part)[-2000:]}")
        raise
    finally:
        house.installation.stop()


def measure(house: House, chosen_rows: list[Row], size: Size, script: str) -> list[Result]:
    """Round after round over all rows, so that what else the machine does falls on each alike."""
    runs: dict[str, list[tuple[Figures, dict[str, float]]]] = {row.name: [] for row in chosen_rows}
    for row in chosen_rows:
        _run(house, row, WARM_UP, script)
    for number in range(size.runs):
        for row in chosen_rows:
            figures, cpu = _run(house, row, size.seconds, script)
            runs[row.name].append((figures, cpu))
            print(
                f"{number + 1}/{size.runs} {row.name}: {figures.per_second:.0f}/s p99 {figures.p99:.0f} ms", flush=True
            )
    return [_result(row, runs[row.name]) for row in chosen_rows]


def _run(house: House, row: Row, seconds: int, script: str = "") -> tuple[Figures, dict[str, float]]:
    before = _cpu(house)
    if row.script == PGBENCH:
        figures = drive_pgbench(script, clients=row.clients, seconds=seconds)
    else:
        port = house.floor_port if row.floor else house.installation.ports["nginx"]
        address = f"http://127.0.0.1:{port}"
        figures = drive(address, row.script, clients=row.clients, seconds=seconds, arguments=row.arguments)
    return figures, {
        part: 1000 * max(0.0, now - before[part]) / max(1, figures.requests) for part, now in _cpu(house).items()
    }


def _cpu(house: House) -> dict[str, float]:
    return {part: cpu_seconds(house.pid(name)) for part, name in PARTS.items()}


def _worked(house: House, name: str, work: Callable[[], int]) -> Result:
    before = _cpu(house)
    figures, own = timed(work)
    cpu = {part: 1000 * max(0.0, now - before[part]) / max(1, figures.requests) for part, now in _cpu(house).items()}
    print(f"{name}: {figures.per_second:.0f}/s", flush=True)
    return _result(Row(name, "", clients=1), [(figures, cpu | {"app": 1000 * own / max(1, figures.requests)})])


def without_redis(house: House, chosen_rows: list[Row], size: Size) -> list[Result]:
    """The cache and the broker are ended in the middle of the first run; the second one begins without them."""
    results = []
    for when in ("Redis ends in the middle", "without Redis"):
        for row in chosen_rows:
            end = Timer(size.seconds / 2, house.end_redis)
            end.start()
            run = _run(house, row, size.seconds)
            end.join()
            results.append(_result(replace(row, name=f"{row.name}, {when}"), [run]))
            print(f"{results[-1].name}: {run[0].per_second:.0f}/s, {run[0].refused} refused", flush=True)
    return results


def _result(row: Row, runs: list[tuple[Figures, dict[str, float]]]) -> Result:
    figures = [run[0] for run in runs]
    return Result(
        name=row.name,
        clients=row.clients,
        per_second=median(each.per_second for each in figures),
        p50=median(each.p50 for each in figures),
        p95=median(each.p95 for each in figures),
        p99=median(each.p99 for each in figures),
        refused=sum(each.refused for each in figures),
        broken=sum(each.broken for each in figures),
        cpu={part: median(run[1][part] for run in runs) for part in PARTS},
    )


if __name__ == "__main__":
    main()
