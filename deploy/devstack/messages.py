"""Compiles the translations (.po) into what Django reads (.mo); only those that changed."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "pantrypal" / "locale"


def main() -> int:
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as text:
            catalog = read_po(text, locale=po.parts[-3], abort_invalid=True)
        with mo.open("wb") as binary:
            write_mo(binary, catalog)
    return 0


if __name__ == "__main__":
    sys.exit(main())
