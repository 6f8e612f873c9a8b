"""JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.encoding import force_str
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return force_str(value)
    raise TypeError(f"{type(value)} is no JSON")


_encoder = msgspec.json.Encoder(decimal_format="string", uuid_format="canonical", enc_hook=_plain)


def to_json(data: Any) -> bytes:
    return _encoder.encode(data)


class StructRenderer(BaseRenderer):
    """Structs, and plain values, as JSON; Decimal as a string."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else to_json(data)
