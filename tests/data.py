"""The reference data that lies beside the repository (or above it); tests read it there."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]


def path(name: str) -> Path:
    """Skips the test where the data is not there."""
    for folder in REPO.parents:
        if (found := folder / "shared" / "data" / name).exists():
            return found
    pytest.skip(f"the reference data {name} is not beside the repository")


def text(name: str) -> str:
    raw = path(name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(name))))
