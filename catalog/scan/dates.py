"""GS1's six-figure dates.

Source: General Specifications 3.4 (day 00 is the last day of its month) and 7.12 (the century).
"""

from __future__ import annotations

import calendar
from datetime import date


def gs1_date(text: str, today: date) -> date:
    """YYMMDD as a day between 49 years before and 50 years after this one. Raises ValueError."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    year += today.year - today.year % 100
    if year - today.year >= 51:
        year -= 100
    elif year - today.year <= -50:
        year += 100
    if day == 0 and 1 <= month <= 12:
        day = calendar.monthrange(year, month)[1]
    return date(year, month, day)
