"""Amounts in words, as Indian invoices have them: lakh and crore, rupees and paise."""

from __future__ import annotations

from decimal import Decimal

SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
STEPS = ((10_000_000, "crore"), (100_000, "lakh"), (1_000, "thousand"), (100, "hundred"))


def rupees_in_words(amount: Decimal) -> str:
    """1,284.50 as "Rupees one thousand two hundred eighty-four and fifty paise only"."""
    rupees, paise = divmod(int(amount * 100), 100)
    said = f"Rupees {in_words(rupees)}"
    if paise:
        said += f" and {in_words(paise)} paise"
    return f"{said} only"


def in_words(number: int) -> str:
    for size, name in STEPS:
        if number >= size:
            head, rest = divmod(number, size)
            return f"{in_words(head)} {name}" + (f" {in_words(rest)}" if rest else "")
    if number < len(SMALL):
        return SMALL[number]
    ten, one = divmod(number, 10)
    return TENS[ten - 2] + (f"-{SMALL[one]}" if one else "")
