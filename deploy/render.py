"""Fill in a configuration template: python -m deploy.render TEMPLATE < nothing > FILE, values from the environment.

As envsubst does, but only ${PANTRY_...} is replaced, and a variable that is missing stops it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = re.compile(r"\$\{(PANTRY_[A-Z_]+)\}")


def render(template: str, values: Mapping[str, str]) -> str:
    """Raises KeyError for a variable without a value."""
    return VARIABLE.sub(lambda found: values[found.group(1)], template)


if __name__ == "__main__":
    sys.stdout.write(render(Path(sys.argv[1]).read_text(), os.environ))
