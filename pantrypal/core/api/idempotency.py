"""`Idempotency-Key`: the first answer to a POST is kept for 24 hours and given again.

Kept in the transaction of the request's effect: a crash leaves both or neither. A refusal keeps
nothing, so the corrected request may use the same key.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from pantrypal.core.api.bodies import raw_body
from pantrypal.core.api.rendering import to_json
from pantrypal.core.api.uploads import form_digest, is_form
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.journal.models import IdempotencyKey
from pantrypal.tenancy.context import require_org_id

KEPT_FOR = timedelta(hours=24)
LONGEST = 255


class KeyReused(DomainError):
    """The same key came with another request."""

    code = "idempotency_key_reused"


class StillRunning(DomainError):
    """The first request with this key has not been answered yet."""

    code = "idempotency_in_progress"
    status = 409


class Replay(Exception):
    """The request has been answered already; carries that answer."""

    def __init__(self, kept: IdempotencyKey) -> None:
        super().__init__(kept.key)
        self.kept = kept


def key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST or not key.isprintable():
        sentence = _("At most %s printable characters.") % LONGEST
        raise Invalid(f"Idempotency-Key: {sentence}", {"Idempotency-Key": [sentence]})
    return key


def begin(request: Request, key: str) -> None:
    """Raises Replay, KeyReused or StillRunning; otherwise the key is ours until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [key, require_org_id()])
        if cursor.fetchone() != (True,):
            raise StillRunning(_("A request with this key is still running. Please try again in a moment."))
    kept = IdempotencyKey.objects.filter(key=key).first()
    if kept is None:
        return
    if kept.created_at < timezone.now() - KEPT_FOR:
        kept.delete()
    elif kept.fingerprint != _fingerprint(request):
        raise KeyReused(_("This idempotency key was used for another request."))
    else:
        raise Replay(kept)


def keep(request: Request, key: str, response: Response) -> None:
    body: Any = response.data
    IdempotencyKey.objects.create(
        key=key,
        fingerprint=_fingerprint(request),
        status=response.status_code,
        body=to_json(body).decode(),
        location=response.get("Location", ""),
    )


def _fingerprint(request: Request) -> str:
    path = request.get_full_path()
    content = form_digest(request) if is_form(request) else raw_body(request)
    return sha256(b"\n".join([str(request.method).encode(), path.encode(), content])).hexdigest()
