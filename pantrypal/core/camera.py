"""Pages that read codes with a camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from csp.constants import SELF
from csp.decorators import csp_update

View = TypeVar("View", bound=Callable[..., Any])


def reads_codes(view: View) -> View:
    """Lets the page run the reader, which is WebAssembly; no other page allows it."""
    relaxed: Any = csp_update({"script-src": [SELF, "'wasm-unsafe-eval'"]})(view)
    return relaxed  # type: ignore[no-any-return]
