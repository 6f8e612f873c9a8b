"""Seed, open the house, drive every row in turn, several times, and write down the medians."""

from __future__ import annotations

import os
from statistics import median

import django
import psycopg

django.setup()

from tests.bench.house import House, open_house  # noqa: E402  # needs the models
from tests.bench.load import Figures, drive  # noqa: E402
from tests.bench.processes import cpu_seconds  # noqa: E402
from tests.bench.report import Result, write  # noqa: E402
from tests.bench.rows import Row, rows  # noqa: E402
from tests.bench.seeding import seed  # noqa: E402
from tests.bench.sizes import Size, chosen  # noqa: E402
from tests.bench.visits import page_200_of, signed_in  # noqa: E402

PARTS = {"app": "web0", "database": "postgres", "redis": "valkey"}
WARM_UP = 2


def main() -> None:
    size = chosen()
    print(f"Seeding {size} ...", flush=True)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        shop = seed(owner, size)
    house = open_house()
    try:
        wanted = os.environ.get("ROWS", "")
        every = rows(shop, size, cookie=signed_in(shop), page_200=page_200_of(shop))
        write(measure(house, [row for row in every if wanted in row.name or row.floor], size), size)
    except RuntimeError:
        for part in house.installation.running:
            print(f"-- {part}\n{house.installation.log(part)[-2000:]}")
        raise
    finally:
        house.installation.stop()


def measure(house: House, chosen_rows: list[Row], size: Size) -> list[Result]:
    """Round after round over all rows, so that what else the machine does falls on each alike."""
    runs: dict[str, list[tuple[Figures, dict[str, float]]]] = {row.name: [] for row in chosen_rows}
    for row in chosen_rows:
        _run(house, row, WARM_UP)
    for number in range(size.runs):
        for row in chosen_rows:
            figures, cpu = _run(house, row, size.seconds)
            runs[row.name].append((figures, cpu))
            print(
                f"{number + 1}/{size.runs} {row.name}: {figures.per_second:.0f}/s p99 {figures.p99:.0f} ms", flush=True
            )
    return [_result(row, runs[row.name]) for row in chosen_rows]


def _run(house: House, row: Row, seconds: int) -> tuple[Figures, dict[str, float]]:
    port = house.floor_port if row.floor else house.installation.ports["nginx"]
    before = {part: cpu_seconds(house.pid(name)) for part, name in PARTS.items()}
    figures = drive(
        f"http://127.0.0.1:{port}", row.script, clients=row.clients, seconds=seconds, arguments=row.arguments
    )
    spent = {part: cpu_seconds(house.pid(name)) - before[part] for part, name in PARTS.items()}
    return figures, {part: 1000 * used / max(1, figures.requests) for part, used in spent.items()}


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
