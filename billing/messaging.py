"""The provider of SMS and WhatsApp messages: one HTTP address that the installation's operator names.

    POST <MESSAGES_URL>  {"channel": "sms", "to": "+919812345678", "text": "..."}
    Authorization: Bearer <MESSAGES_TOKEN>, Idempotency-Key: the message's id
    -> 2xx {"id": "the provider's reference"}

Most providers take this through a small adapter of their own; the address never comes from a shop or a customer.
"""

from __future__ import annotations

import json
import urllib.request
from urllib.error import URLError

from django.conf import settings

TIMEOUT = 10  # seconds
LONGEST_ANSWER = 10_000


class MessageNotSent(Exception):
    """The provider did not take the message; the worker tries again."""


def is_set_up() -> bool:
    return bool(settings.MESSAGES_URL)


def send_text(*, channel: str, to: str, text: str, key: str) -> str:
    """The provider's reference of the message. Raises MessageNotSent."""
    request = urllib.request.Request(  # noqa: S310 -- the operator's own setting
        settings.MESSAGES_URL,
        data=json.dumps({"channel": channel, "to": to, "text": text}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.MESSAGES_TOKEN}",
            "Idempotency-Key": key,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            said = json.loads(answer.read(LONGEST_ANSWER))
    except (URLError, TimeoutError, ValueError) as problem:
        raise MessageNotSent(str(problem)) from problem
    return str(said.get("id", ""))[:100] if isinstance(said, dict) else ""
