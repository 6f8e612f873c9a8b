"""Orders leave the house."""

from __future__ import annotations

from uuid import UUID

from inventory.operations.order_mail import mail_order
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent


@consumer("purchase_order.sent", queue="notify")
def mail_purchase_order(event: OutboxEvent) -> None:
    mail_order(UUID(event.payload["order"]), event_id=event.pk, reply_to=event.payload["reply_to"])
