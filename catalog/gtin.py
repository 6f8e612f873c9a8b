"""GTIN: GS1's trade item number with 8, 12, 13 or 14 digits, the last of them a check digit.

Source: GS1 General Specifications, section 7.9 (check digit), 3.3 (lengths).
"""

from __future__ import annotations

LENGTHS = (8, 12, 13, 14)


def check_digit(body: str) -> str:
    """The digit that makes `body` a GTIN: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 - 2 * (place % 2)) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def is_gtin(code: str) -> bool:
    return (
        code.isascii()
        and code.isdigit()
        and len(code) in LENGTHS
        and code.strip("0") != ""
        and check_digit(code[:-1]) == code[-1]
    )


def to_gtin14(code: str) -> str:
    """The common form in which GTINs of all lengths are compared and kept."""
    return code.zfill(14)


def as_printed(gtin14: str) -> str:
    """With 8, 12, 13 or 14 digits, without the zeros of the common form."""
    digits = gtin14.lstrip("0")
    return digits.zfill(next(length for length in LENGTHS if len(digits) <= length))
