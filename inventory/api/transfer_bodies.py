"""Transfers as the API takes and shows them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from pantrypal.core.api.bodies import Answer, Body, Code, Text


class TransferLineBody(Body):
    product: UUID
    quantity: Decimal


class TransferBody(Body):
    """`from` and `to` are stores, by code or id."""

    lines: Annotated[tuple[TransferLineBody, ...], Meta(min_length=1, max_length=500)]
    source: Code = field(name="from")
    target: Code = field(name="to")
    note: Text = ""


class SentLineBody(Body):
    id: UUID
    quantity: Decimal


class SendTransferBody(Body):
    """Without `lines` everything that was asked for; a line that is not named stays."""

    lines: Annotated[tuple[SentLineBody, ...], Meta(max_length=500)] = ()


class ReceivedBody(Body):
    id: UUID
    received: Decimal
    reason: Text = ""


class ReceiveBody(Body):
    """Without `goods` everything came as it was sent."""

    goods: Annotated[tuple[ReceivedBody, ...], Meta(max_length=5000)] = ()


class TransferLineAnswer(Answer):
    id: UUID
    product: UUID
    quantity: Decimal


class GoodsAnswer(Answer):
    """A part that was sent: of one lot, at one cost. `received` is null while it is on its way."""

    id: UUID
    product: UUID
    lot: str | None
    quantity: Decimal
    unit_cost: Decimal
    received: Decimal | None
    reason: str


class TransferAnswer(Answer):
    id: UUID
    number: str
    source: str = field(name="from")
    target: str = field(name="to")
    status: str
    note: str
    requested_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    lines: list[TransferLineAnswer]
    goods: list[GoodsAnswer]
