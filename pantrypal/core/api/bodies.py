"""Request bodies and answers as typed structs: decoded, checked and documented from one definition.

msgspec decodes and checks a sale of five lines in 20 microseconds; nested serializers take two milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.request import Request

from pantrypal.core.errors import DomainError, Invalid

S = TypeVar("S", bound=msgspec.Struct)

Text = Annotated[str, msgspec.Meta(max_length=200)]
FileContent = Annotated[str, msgspec.Meta(extra_json_schema={"contentMediaType": "application/octet-stream"})]
LongText = Annotated[str, msgspec.Meta(max_length=2000)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]

Name = Annotated[str, msgspec.Meta(max_length=120)]
Phone = Annotated[str, msgspec.Meta(max_length=30)]
Email = Annotated[str, msgspec.Meta(max_length=254)]
Gstin = Annotated[str, msgspec.Meta(max_length=15)]
StateCode = Annotated[str, msgspec.Meta(max_length=2)]

LARGEST = Decimal(10) ** 12
FINEST = -6
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A request's body. A field it does not know is refused, not ignored."""


class Answer(msgspec.Struct, kw_only=True):
    """An answer's body: money and quantities as strings, times as RFC 3339 in UTC."""


class TooLarge(DomainError):
    code = "too_large"
    status = 413


def decode(request: Request, shape: type[S]) -> S:
    """The request's JSON as `shape`. Raises Invalid with the field's path, TooLarge above 1 MiB."""
    return decode_json(raw_body(request), shape)


def raw_body(request: Request) -> bytes:
    """Raises TooLarge above 1 MiB."""
    try:
        return request._request.body
    except RequestDataTooBig:
        raise TooLarge(_("The request is larger than 1 MiB.")) from None


def decode_json(raw: bytes | str, shape: type[S]) -> S:
    """Raises Invalid with the field's path."""
    try:
        body = msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as problem:
        raise _invalid(str(problem)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid(_("The body is not valid JSON."), code="malformed") from None
    _require_sound(body)
    return body


def _invalid(said: str) -> Invalid:
    sentence, _at, path = said.partition(" - at `$")
    field = re.sub(r"\[(\d+)\]", r".\1", path.rstrip("`")).strip(".[]") or "__all__"
    return Invalid(f"{field}: {sentence}" if path else sentence, {field: [sentence]})


def _require_sound(body: msgspec.Struct) -> None:
    """What no type says: numbers that are numbers, text that a database can keep."""
    for path, value in _leaves(body, ""):
        if isinstance(value, Decimal) and not _is_sound(value):
            raise _invalid(_("This number is out of range.") + f" - at `$.{path}`")
        if isinstance(value, str) and UNKEEPABLE.search(value):
            raise _invalid(_("This text contains characters that cannot be kept.") + f" - at `$.{path}`")


def _is_sound(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= FINEST and abs(number) < LARGEST


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every plain value in a body, with its field path such as lines.0.quantity."""
    inner: Iterable[tuple[Any, Any]]
    match value:
        case msgspec.Struct():
            inner = ((name, getattr(value, name)) for name in value.__struct_fields__)
        case dict():
            inner = value.items()
        case tuple() | list():
            inner = enumerate(value)
        case _:
            yield path, value
            return
    for name, item in inner:
        yield from _leaves(item, f"{path}.{name}".strip("."))
