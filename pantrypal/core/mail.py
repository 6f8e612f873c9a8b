"""What every letter of the house has in common."""

from __future__ import annotations

from email.utils import parseaddr
from uuid import UUID

from django.conf import settings


def message_id(event_id: UUID) -> str:
    """The same for every try to send what an event asks for, so that a mailbox shows it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{event_id}@{domain or 'localhost'}>"
