"""Debit notes leave the house."""

from __future__ import annotations

from uuid import UUID

from inventory.operations.return_mail import mail_debit_note
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent


@consumer("supplier_return.posted", queue="notify")
def mail_supplier_return(event: OutboxEvent) -> None:
    note, answer_to = UUID(event.payload["supplier_return"]), event.payload.get("reply_to", "")
    mail_debit_note(note, event_id=event.pk, reply_to=answer_to)
