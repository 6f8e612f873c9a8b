"""Units as lists write them."""

from __future__ import annotations

PIECE, WEIGHED = "pc", frozenset({"kg", "g", "l", "ml", "m"})

# Words in English, Hindi, Croatian and its neighbours, German; the unit as the catalog has it.
WORDS = {
    "pc": "pc pcs pce piece pieces each ea nos no unit units kom ko komad kos st stk stck stuck pz"
    " paket pak pack pkt packet नग पीस",
    "kg": "kg kgs kilo kilogram kilograms kilogramm किलो किग्रा",
    "g": "g gm gms gr gram grams gramm ग्राम",
    "l": "l lt ltr ltrs litre litres liter litar litra लीटर",
    "ml": "ml मिली",
    "m": "m mtr meter metre metar मीटर",
}
_units = {word: unit for unit, words in WORDS.items() for word in words.split()}


def unit_of(cell: str) -> str:
    """The unit of the catalog, or nothing where the word is not known."""
    return _units.get(cell.strip(" .").casefold(), "")
