"""What an installation needs for so many bills a day, reckoned from the figures of deploy/docs/performance.md.

A pure calculation: a sale brings its scans, its quote and the lists that people look at, in the shares of the mixed
day (70 scans, 10 quotes, 5 lists on 15 sales); processors are planned at 60 %, and the busiest minute has ten times
the day's mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

DAY = 86_400
YEAR = 365
PEAK = 10
LOAD = 0.6
CORES_OF_A_WEB_SERVER = 4
CONNECTIONS_PER_CORE = 4
SALES_OF_A_SHARD = 150  # a second, at the peak: about what two cores of PostgreSQL post


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor for one request."""

    app: float
    database: float


@dataclass(frozen=True, slots=True)
class Figures:
    """As measured. Bytes with their share of the indexes."""

    scan: Cost
    quote: Cost
    sale: Cost
    list: Cost
    bytes_of_a_bill: int
    bytes_of_a_line: int
    bytes_of_a_pdf: int


MEASURED = Figures(
    scan=Cost(app=1.0, database=0.4),
    quote=Cost(app=2.0, database=0.4),
    sale=Cost(app=3.5, database=2.0),
    list=Cost(app=2.0, database=0.8),
    bytes_of_a_bill=6_000,
    bytes_of_a_line=2_400,
    bytes_of_a_pdf=40_000,
)


@dataclass(frozen=True, slots=True)
class Sizing:
    sales_a_second: int
    requests_a_second: int
    app_cores: int
    web_servers: int
    database_cores: int
    connections: int
    shards: int
    database_gb_a_year: int
    pdf_gb_a_year: int


def size(bills_per_day: int, *, lines: int = 5, peak: int = PEAK, figures: Figures = MEASURED) -> Sizing:
    """What `bills_per_day` bills of `lines` lines take. Both at least 1."""
    sales = bills_per_day / DAY * peak
    mix = ((figures.sale, 1.0), (figures.scan, 70 / 15), (figures.quote, 10 / 15), (figures.list, 5 / 15))
    app = sales * sum(cost.app * share for cost, share in mix) / 1000 / LOAD
    database = sales * sum(cost.database * share for cost, share in mix) / 1000 / LOAD
    app_cores, database_cores = max(1, ceil(app)), max(1, ceil(database))
    a_year = bills_per_day * YEAR
    return Sizing(
        sales_a_second=ceil(sales),
        requests_a_second=ceil(sales * sum(share for _cost, share in mix)),
        app_cores=app_cores,
        web_servers=max(2, ceil(app_cores / CORES_OF_A_WEB_SERVER)),  # one may be away
        database_cores=database_cores,
        connections=max(8, database_cores * CONNECTIONS_PER_CORE),
        shards=max(1, ceil(sales / SALES_OF_A_SHARD)),
        database_gb_a_year=ceil(a_year * (figures.bytes_of_a_bill + lines * figures.bytes_of_a_line) / 1e9),
        pdf_gb_a_year=ceil(a_year * figures.bytes_of_a_pdf / 1e9),
    )
