"""A debit note goes to the supplier whose goods go back."""

from __future__ import annotations

from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from inventory.models import SupplierReturn
from inventory.pdf.debit_notes import debit_note_as_pdf
from pantrypal.core.mail import message_id
from pantrypal.core.models import Store


def mail_debit_note(return_id: UUID, *, event_id: UUID, reply_to: str) -> bool:
    """Send the note as PDF to the address it was posted with; False where the supplier had none.

    Runs in a worker's transaction. A worker that dies after sending sends again, under the same Message-ID.
    """
    note = SupplierReturn.objects.select_related("supplier", "receipt").get(pk=return_id)
    if not note.sent_to:
        return False
    store = Store.objects.select_related("org").get(pk=note.store_id)
    context = {"note": note, "store": store, "lines": note.lines.select_related("product", "lot")}
    message = EmailMessage(
        subject=render_to_string("inventory/email/debit_note_subject.txt", context).strip(),
        body=render_to_string("inventory/email/debit_note.txt", context),
        to=[note.sent_to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id(event_id)},
    )
    message.attach(f"{note.number}.pdf", debit_note_as_pdf(note, store), "application/pdf")
    message.send()
    return True
