"""What unfold needs of the browser beyond the site's strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace

POLICY = {
    "script-src": [SELF, UNSAFE_EVAL],  # Alpine evaluates its attributes; no inline script
    "style-src": [SELF, UNSAFE_INLINE],  # colours of the theme, widths set by Alpine
    "frame-ancestors": [SELF],  # related objects open in a frame of the same site
}


def with_admin_policy(view: Callable[..., Any]) -> Callable[..., Any]:
    relaxed: Callable[..., Any] = csp_replace(POLICY)(view)
    return relaxed
