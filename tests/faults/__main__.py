"""make faults: what must never happen, whatever breaks. Servers first, then `tests.faults.breaking` among them.

Only processes of this run are ended, on 127.0.0.1, for a bounded time. ROUNDS=50 breaks more often.
"""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.devstack.postgres import free_port
from tests.bench.house import build
from tests.installation import REPO, missing_servers


def main() -> int:
    if missing_servers():
        print("The faults need nginx and pgbouncer (Debian's packages).")
        return 1
    os.environ["PANTRY_PG_PORT"] = str(free_port())  # the same one after each crash
    services = build()
    try:
        assert services.postgres is not None
        os.environ["FAULTS_POSTGRES"] = str(services.postgres.data)
        return subprocess.call([sys.executable, "-m", "tests.faults.breaking"], cwd=REPO)
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main())
