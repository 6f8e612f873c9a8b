"""The files of the repository, as git knows them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


@cache
def paths() -> tuple[str, ...]:
    """Every file that is kept or about to be, from the top of the repository."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listed, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:  # an archive without its history, or git that does not trust the folder
        kept = [path for path in REPO.rglob("*") if ".venv" not in path.parts and "var" not in path.parts]
        return tuple(sorted(str(path.relative_to(REPO)) for path in kept if path.is_file()))
    return tuple(sorted(name for name in done.stdout.split("\0") if name and (REPO / name).is_file()))


@cache
def text_of(path: str) -> str:
    """Empty for a picture or a font."""
    try:
        return (REPO / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
