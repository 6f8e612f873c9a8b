"""What billing does outside the sale's transaction."""

from __future__ import annotations

from uuid import UUID

from billing.operations.pdfs import store_bill_pdf
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent


@consumer("bill.posted", queue="bills")
def render_bill_pdf(event: OutboxEvent) -> None:
    store_bill_pdf(UUID(event.payload["bill"]))
