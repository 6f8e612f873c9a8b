"""Days in query parameters."""

from __future__ import annotations

from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from pantrypal.core.errors import Invalid

EARLIEST, LATEST = date(1900, 1, 1), date(9990, 1, 1)


def day_of(name: str, text: str) -> date:
    """The day that a parameter names. Raises Invalid at its name."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST < day < LATEST:
        sentence = _("Give a date such as 2026-11-23.")
        raise Invalid(f"{name}: {sentence}", {name: [sentence]})
    return day
