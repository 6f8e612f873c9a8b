"""make bench: servers and schema, then `tests.bench.measure` as a process that finds them in its environment.

BENCH=small|medium|full chooses how much is seeded; ROWS=checkout measures the rows whose name holds this word.
Load goes to 127.0.0.1 only, and every run is bounded in time.
"""

from __future__ import annotations

import subprocess
import sys

from tests.bench.house import build
from tests.bench.load import has_wrk
from tests.installation import REPO, missing_servers


def main() -> int:
    if not has_wrk() or missing_servers():
        print("The benchmark needs wrk, nginx and pgbouncer (Debian's packages).")
        return 1
    services = build()
    try:
        return subprocess.call([sys.executable, "-m", "tests.bench.measure"], cwd=REPO)
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main())
