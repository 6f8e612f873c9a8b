"""An order goes to its supplier."""

from __future__ import annotations

from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from inventory.models import PurchaseOrder
from inventory.pdf.orders import order_as_pdf
from pantrypal.core.mail import message_id
from pantrypal.core.models import Store


def mail_order(order_id: UUID, *, event_id: UUID, reply_to: str) -> bool:
    """Send the order as PDF to the address it was sent to; False where the supplier has none.

    Runs in a worker's transaction. A worker that dies after sending sends again, under the same Message-ID.
    """
    order = PurchaseOrder.objects.select_related("supplier").get(pk=order_id)
    if not order.sent_to:
        return False
    store = Store.objects.select_related("org").get(pk=order.store_id)
    context = {"order": order, "store": store, "lines": order.lines.select_related("product")}
    message = EmailMessage(
        subject=render_to_string("inventory/email/purchase_order_subject.txt", context).strip(),
        body=render_to_string("inventory/email/purchase_order.txt", context),
        to=[order.sent_to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id(event_id)},
    )
    message.attach(f"{order.number}.pdf", order_as_pdf(order, store), "application/pdf")
    message.send()
    return True
