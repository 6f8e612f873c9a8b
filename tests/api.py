"""An integrator with an API key."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from pantrypal.core.access import SCOPES
from pantrypal.core.operations.api_keys import create_api_key
from tests.shop import NOON, Shop


class Api:
    """Calls /api/v1/ with a key of its own; answers are (status, JSON)."""

    def __init__(self, shop: Shop, scopes: list[str] | None = None, **values: Any) -> None:
        self.client = Client()
        _key, self.secret = create_api_key(
            name="Web shop", scopes=scopes or list(SCOPES), actor=shop.actor, at=NOON, **values
        )

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        response = self.raw(method, path, body, **headers)
        is_json = "json" in response.headers.get("Content-Type", "")
        return response.status_code, json.loads(response.content) if is_json and response.content else response.content

    def raw(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names.setdefault("Authorization", f"Bearer {self.secret}")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        path = path if path.startswith(("http", "/")) else f"/api/v1/{path}"
        return self.client.generic(method, path, data, content_type="application/json", headers=names)

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        return self("POST", path, body, **headers)
