from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from pantrypal.core.business_time import business_date, fiscal_year, local_date


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 2, 18, 29, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 18, 30, tzinfo=UTC), date(2026, 3, 3)),  # midnight in Kolkata
    ],
)
def test_the_day_is_the_stores_own(at: datetime, day: date) -> None:
    assert local_date(at, "Asia/Kolkata") == day


@pytest.mark.parametrize(
    ("local", "day"),
    [("2026-03-03 03:59", date(2026, 3, 2)), ("2026-03-03 04:00", date(2026, 3, 3))],
)
def test_before_the_cut_off_it_is_still_yesterday(local: str, day: date) -> None:
    at = datetime.fromisoformat(f"{local}+05:30")

    assert business_date(at, "Asia/Kolkata", time(4)) == day


@pytest.mark.parametrize(
    ("day", "start", "year"),
    [
        (date(2026, 3, 31), 4, 2025),
        (date(2026, 4, 1), 4, 2026),
        (date(2026, 12, 31), 1, 2026),
        (date(2027, 1, 1), 1, 2027),
    ],
)
def test_the_fiscal_year_begins_in_the_organizations_month(day: date, start: int, year: int) -> None:
    assert fiscal_year(day, start) == year
