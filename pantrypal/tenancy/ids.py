"""UUIDv7 (RFC 9562): 48 bits of unix milliseconds, 12 bits of their fraction, 62 random bits.

Python before 3.14 and PostgreSQL before 18 have none. Browsers make the same shape offline.
"""

from __future__ import annotations

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000  # keeps the order inside one millisecond
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | random)
