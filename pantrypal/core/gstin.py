"""GSTIN: the Indian tax registration number. State code, PAN, entity, kind, check character.

The 14th character is Z for ordinary registrations, but C (e-commerce operators) and D (tax deducted
at source) carry valid check characters too. Check character: Luhn modulo 36 (GSTN's rule).
"""

from __future__ import annotations

import re

from pantrypal.core.india import STATES

_FORM = re.compile(r"\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(first_fourteen: str) -> str:
    total = 0
    for place, character in enumerate(first_fourteen):
        product = _ALPHABET.index(character) * (1 + place % 2)
        total += product // 36 + product % 36
    return _ALPHABET[-total % 36]


def is_gstin(text: str) -> bool:
    return bool(_FORM.fullmatch(text)) and text[:2] in STATES and check_character(text[:14]) == text[14]
