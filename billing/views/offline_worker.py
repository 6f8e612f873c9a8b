"""The service worker of one organization's tills, and the files that it keeps for them.

Its scope is /<org>/till/, so that a browser with two shops has two workers, each with a cache of its own name. A page
that opens without a connection needs every file that it names; which these are, and their version, is worked out from
the files themselves.
"""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest

WORKER = "js/till/offline/worker.js"
# What the page and its parts name, and what its modules import by their plain names.
NAMED = (
    "img/icon.svg",
    "fonts/web/*",
    "css/*.css",
    "css/components/*.css",
    "js/menu.js",
    "js/sign_out.js",
    "js/till/*.js",
    "js/till/offline/*.js",
    "js/till/printer/*.js",
)


@require_GET
def worker(request: OrgRequest) -> HttpResponse:
    """Fetched by the browser whenever somebody comes to the till; another text is another version."""
    require(request.actor, Permission.SELL)
    slug, scope = request.org.slug, reverse("till-choice")
    version, files = kept_files()
    kept = {"prefix": f"till {slug} ", "name": f"till {slug} {version}", "scope": scope, "files": files}
    script = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static(WORKER))});\n"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = scope
    answer["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=1)
def kept_files() -> tuple[str, list[str]]:
    """Their version, and their addresses: as templates name them, and as modules import them."""
    names, digest = _names(), sha256()
    for name in names:
        digest.update(name.encode())
        digest.update(_place(name).read_bytes())
    addresses = {static(name) for name in names} | {f"{_root()}{name}" for name in names if name.endswith(".js")}
    return digest.hexdigest()[:16], sorted(addresses)


def _names() -> list[str]:
    root = _place("js/till/till.js").parents[2]
    found = (path.relative_to(root).as_posix() for pattern in NAMED for path in root.glob(pattern))
    return sorted(name for name in found if name != WORKER and "admin" not in name)


def _place(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def _root() -> str:
    return static("js/")[: -len("js/")]
