"""What somebody is likely to hand over for an amount, and what is counted in a drawer. Pure."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

# What is in the drawers of a country, largest first.
NOTES_AND_COINS = {
    "INR": ("500", "200", "100", "50", "20", "10", "5", "2", "1"),
    "GBP": ("50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"),
    "USD": ("100", "50", "20", "10", "5", "1", "0.25", "0.10", "0.05", "0.01"),
    "EUR": ("200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"),
}
ELSEWHERE = ("1000", "500", "200", "100", "50", "20", "10", "5", "2", "1")
MOST = 4


def denominations(currency: str) -> tuple[str, ...]:
    return NOTES_AND_COINS.get(currency, ELSEWHERE)


def likely_notes(total: Decimal, currency: str) -> list[Decimal]:
    """Round sums just above the total: what 284.00 is paid with is 290, 300, 400 or 500."""
    sums = set()
    for note in denominations(currency):
        value = Decimal(note)
        if value >= 5:
            sums.add((total / value).to_integral_value(ROUND_CEILING) * value)
    return sorted(amount for amount in sums if amount > total)[:MOST]
