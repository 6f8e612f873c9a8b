"""Bills on their way to whoever bought."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pantrypal.core.api.bodies import Answer, Body, Email


class SendBody(Body):
    """Without `to` it goes to the address that the buyer has left."""

    channel: Literal["email", "sms", "whatsapp"] = "email"
    to: Email = ""


class SentAnswer(Answer):
    """A worker sends it; `id` is the message's."""

    id: UUID
    bill: UUID
    channel: str
    to: str
