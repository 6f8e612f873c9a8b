"""Which encoding a text is in.

UTF-8 proves itself; of the one-byte encodings, which all read as something, the guess is
charset-normalizer's, corrected where it takes Central European letters for Western ones: CP1252 has the
letters of CP1250 that are decisive too, and no Western language uses them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from charset_normalizer import from_bytes

from pantrypal.core.tables.limits import require_line

ONE_BYTE = ["cp1250", "cp1252", "iso8859_2", "cp1251", "cp852"]
BLOCK = 1024 * 1024
ENOUGH = 64 * 1024

# Š š Ž ž Ś ś Ź ź Ť ť, ł Ł, ą Ą, ż Ż, ľ Ľ, ş Ş as CP1250 writes them.
CENTRAL_EUROPEAN = frozenset(b"\x8a\x9a\x8e\x9e\x8c\x9c\x8f\x9f\x8d\x9d\xb3\xa3\xb9\xa5\xbf\xaf\xbe\xbc\xba\xaa")
# Š Ž as ISO 8859-2 writes them; in CP1250 they would be © and ®.
LATIN_2 = frozenset(b"\xa9\xae")
LETTERS = (
    frozenset(range(ord("A"), ord("Z") + 1)) | frozenset(range(ord("a"), ord("z") + 1)) | frozenset(range(192, 256))
)


def encoding_of(file: BinaryIO) -> str:
    """The name of the encoding, as Python knows it; `file` stands at its beginning."""
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    sample = bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    for block in _blocks(file, start):
        if is_utf8:
            try:
                decoder.decode(block)
                continue
            except UnicodeDecodeError:
                is_utf8 = False
        sample += b"\n".join(line for line in block.split(b"\n") if not line.isascii())
        if len(sample) > ENOUGH:
            break
    return "utf-8" if is_utf8 else _one_byte_encoding(bytes(sample[:ENOUGH]))


def _blocks(file: BinaryIO, start: bytes) -> Iterator[bytes]:
    """Raises FileRefused for a line without an end: the whole file is read here, and may be large."""
    block = start + file.read(BLOCK)
    run = 0
    while block:
        run = len(block) - block.rfind(b"\n") - 1 if b"\n" in block else run + len(block)
        require_line(run)
        yield block
        block = file.read(BLOCK)


def _one_byte_encoding(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=ONE_BYTE).best()
    guess = "cp1250" if best is None else best.encoding
    if guess not in ("cp1250", "cp1252"):
        return guess
    if _beside_letters(sample, LATIN_2) and not any(0x80 <= byte < 0xA0 for byte in sample):
        return "iso8859_2"
    return "cp1250" if _beside_letters(sample, CENTRAL_EUROPEAN) else guess


def _beside_letters(sample: bytes, marks: frozenset[int]) -> bool:
    """Such a letter beside another one; alone it might be a sign such as ³ or ©."""
    return any((a in marks and b in LETTERS) or (b in marks and a in LETTERS) for a, b in pairwise(sample))
