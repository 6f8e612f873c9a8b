"""The few commands of ESC/POS that a receipt needs. Pure: text and pictures in, bytes out.

Nothing of a shop or a customer can become a command: text is cleared of control characters before it is encoded.
"""

from __future__ import annotations

from typing import Protocol

ESC, GS = b"\x1b", b"\x1d"

# Which table a printer is to use, by Python's name of it (ESC t n).
TABLES = {"cp437": 0, "cp850": 2, "cp1252": 16, "cp858": 19}

# What older printers have no letter for, and people read as the same.
SPELLED = str.maketrans(
    {"₹": "Rs.", "×": "x", "–": "-", "—": "-", "−": "-", "·": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"',
     "\u00a0": " ", "\u202f": " ", "\u200b": ""}
)  # fmt: skip


class Draw(Protocol):
    """A line of text as a picture of black dots: rows of bytes, eight dots each, the leftmost the highest bit.

    What is `right` stands at the end of the line."""

    def __call__(
        self, text: str, *, right: str = "", width: int, is_large: bool = False, is_centred: bool = False
    ) -> list[bytes]: ...


class Printer:
    """Collects the bytes of one receipt. `columns` letters or `dots` dots fit on a line; `draw` helps out where the
    printer's code page lacks a letter."""

    def __init__(self, *, columns: int, dots: int, code_page: str, draw: Draw) -> None:
        self.columns, self.dots, self.code_page, self.draw = columns, dots, code_page, draw
        self.sent = bytearray(ESC + b"@" + ESC + b"t" + bytes([TABLES[code_page]]))

    def line(self, text: str = "", *, is_bold: bool = False, is_large: bool = False, is_centred: bool = False) -> None:
        """One line; too long a one goes on by itself."""
        encoded = self.encode(text)
        if encoded is None:
            self._picture(self.draw(_cleared(text), width=self.dots, is_large=is_large, is_centred=is_centred))
            return
        self.sent += ESC + b"a" + bytes([is_centred]) + ESC + b"E" + bytes([is_bold])
        self.sent += GS + b"!" + (b"\x11" if is_large else b"\x00")
        self.sent += encoded + b"\n"
        self.sent += GS + b"!\x00" + ESC + b"E\x00" + ESC + b"a\x00"

    def pair(self, left: str, right: str, *, is_bold: bool = False) -> None:
        """Left and right on one line, or on two where they don't fit."""
        if self.encode(f"{left} {right}") is None:
            self._picture(self.draw(_cleared(left), right=_cleared(right), width=self.dots))
            return
        left, right = _spelled(left), _spelled(right)
        room = self.columns - len(right) - 1
        if len(left) > room:
            self.line(left, is_bold=is_bold)
            left = ""
        self.line(f"{left:<{room}} {right}", is_bold=is_bold)

    def rule(self) -> None:
        self.line("-" * self.columns)

    def feed(self, lines: int) -> None:
        self.sent += ESC + b"d" + bytes([lines])

    def qr(self, text: str) -> None:
        """GS ( k: model 2, five dots a module, 15 % correction, store, print."""
        data = text.encode()
        self.sent += ESC + b"a\x01"
        for function in (b"1A2\x00", b"1C\x05", b"1E1", b"1P0" + data, b"1Q0"):
            self.sent += GS + b"(k" + len(function).to_bytes(2, "little") + function
        self.sent += ESC + b"a\x00"

    def cut(self) -> None:
        """Feed past the blade and cut, leaving a corner."""
        self.sent += GS + b"VA\x03"

    def open_drawer(self) -> None:
        """A pulse on pin 2, 120 ms on and 240 ms off."""
        self.sent += ESC + b"p0\x3c\x78"

    def encode(self, text: str) -> bytes | None:
        """None where the code page lacks a letter and nobody would read a spelling as the same."""
        try:
            return _spelled(text).encode(self.code_page)
        except UnicodeEncodeError:
            return None

    def _picture(self, rows: list[bytes]) -> None:
        """GS v 0: a raster picture as wide as its rows."""
        if rows:
            size = len(rows[0]).to_bytes(2, "little") + len(rows).to_bytes(2, "little")
            self.sent += GS + b"v0\x00" + size + b"".join(rows)


def _spelled(text: str) -> str:
    return _cleared(text).translate(SPELLED)


def _cleared(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter in "\u00a0\u202f\u200c\u200d" else " " for letter in text)
