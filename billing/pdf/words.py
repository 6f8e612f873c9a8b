"""Amounts in words, as Indian invoices have them: lakh and crore, rupees and paise. In English, and in Hindi."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ENGLISH_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# Hindi has a word of its own for each number below a hundred.
HINDI_SMALL = [
    "शून्य",
    "एक",
    "दो",
    "तीन",
    "चार",
    "पाँच",
    "छह",
    "सात",
    "आठ",
    "नौ",
    "दस",
    "ग्यारह",
    "बारह",
    "तेरह",
    "चौदह",
    "पंद्रह",
    "सोलह",
    "सत्रह",
    "अठारह",
    "उन्नीस",
    "बीस",
    "इक्कीस",
    "बाईस",
    "तेईस",
    "चौबीस",
    "पच्चीस",
    "छब्बीस",
    "सत्ताईस",
    "अट्ठाईस",
    "उनतीस",
    "तीस",
    "इकतीस",
    "बत्तीस",
    "तैंतीस",
    "चौंतीस",
    "पैंतीस",
    "छत्तीस",
    "सैंतीस",
    "अड़तीस",
    "उनतालीस",
    "चालीस",
    "इकतालीस",
    "बयालीस",
    "तैंतालीस",
    "चवालीस",
    "पैंतालीस",
    "छियालीस",
    "सैंतालीस",
    "अड़तालीस",
    "उनचास",
    "पचास",
    "इक्यावन",
    "बावन",
    "तिरपन",
    "चौवन",
    "पचपन",
    "छप्पन",
    "सत्तावन",
    "अट्ठावन",
    "उनसठ",
    "साठ",
    "इकसठ",
    "बासठ",
    "तिरसठ",
    "चौंसठ",
    "पैंसठ",
    "छियासठ",
    "सड़सठ",
    "अड़सठ",
    "उनहत्तर",
    "सत्तर",
    "इकहत्तर",
    "बहत्तर",
    "तिहत्तर",
    "चौहत्तर",
    "पचहत्तर",
    "छिहत्तर",
    "सतहत्तर",
    "अठहत्तर",
    "उनासी",
    "अस्सी",
    "इक्यासी",
    "बयासी",
    "तिरासी",
    "चौरासी",
    "पचासी",
    "छियासी",
    "सत्तासी",
    "अट्ठासी",
    "नवासी",
    "नब्बे",
    "इक्यानवे",
    "बानवे",
    "तिरानवे",
    "चौरानवे",
    "पचानवे",
    "छियानवे",
    "सत्तानवे",
    "अट्ठानवे",
    "निन्यानवे",
]


@dataclass(frozen=True, slots=True)
class Wording:
    """`steps`: crore, lakh, thousand and hundred; `whole` and `parts`: the sentence without and with paise."""

    small: list[str]
    tens: list[str]
    steps: tuple[str, str, str, str]
    whole: str
    parts: str


ENGLISH = Wording(
    ENGLISH_SMALL,
    ENGLISH_TENS,
    ("crore", "lakh", "thousand", "hundred"),
    "Rupees {rupees} only",
    "Rupees {rupees} and {paise} paise only",
)
HINDI = Wording(HINDI_SMALL, [], ("करोड़", "लाख", "हज़ार", "सौ"), "{rupees} रुपये मात्र", "{rupees} रुपये और {paise} पैसे मात्र")
SIZES = (10_000_000, 100_000, 1_000, 100)


def rupees_in_words(amount: Decimal, language: str = "en") -> str:
    """1,284.50 as "Rupees one thousand two hundred eighty-four and fifty paise only". English but for "hi"."""
    wording = HINDI if language == "hi" else ENGLISH
    rupees, paise = divmod(int(amount * 100), 100)
    sentence = wording.parts if paise else wording.whole
    return sentence.format(rupees=in_words(rupees, wording), paise=in_words(paise, wording))


def in_words(number: int, wording: Wording = ENGLISH) -> str:
    for size, name in zip(SIZES, wording.steps, strict=True):
        if number >= size:
            head, rest = divmod(number, size)
            return f"{in_words(head, wording)} {name}" + (f" {in_words(rest, wording)}" if rest else "")
    if number < len(wording.small):
        return wording.small[number]
    ten, one = divmod(number, 10)
    return wording.tens[ten - 2] + (f"-{wording.small[one]}" if one else "")
