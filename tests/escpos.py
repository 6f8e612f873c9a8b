"""Reads ESC/POS back: the commands of a receipt, one by one. Fails at a byte that begins none."""

from __future__ import annotations

from collections.abc import Iterator

FIXED = {  # how many bytes follow
    b"\x1b@": 0,
    b"\x1bt": 1,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1b!": 1,
    b"\x1bd": 1,
    b"\x1dV": 2,
    b"\x1bp": 3,
    b"\x1d!": 1,
}
TEXT = "text"
Command = tuple[str, bytes]


def commands(data: bytes) -> Iterator[Command]:
    """(name of the command, its parameters); text as ("text", bytes)."""
    place = 0
    while place < len(data):
        if data[place : place + 1] not in (b"\x1b", b"\x1d"):
            end = next((i for i in range(place, len(data)) if data[i] in (0x1B, 0x1D)), len(data))
            yield TEXT, data[place:end]
            place = end
            continue
        name = data[place : place + 2]
        length = _length(data, place, name)
        yield repr(name)[2:-1], data[place + 2 : place + 2 + length]
        place += 2 + length


def _length(data: bytes, place: int, name: bytes) -> int:
    if name in FIXED:
        return FIXED[name]
    if name == b"\x1d(":  # a letter, then how many bytes follow
        return 3 + int.from_bytes(data[place + 3 : place + 5], "little")
    if name == b"\x1dv":  # a raster picture: 0, mode, width in bytes, height
        width, height = (int.from_bytes(data[place + i : place + i + 2], "little") for i in (4, 6))
        return 6 + width * height
    raise AssertionError(f"{name!r} at {place} is no command")
