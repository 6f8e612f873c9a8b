"""A bill goes to its buyer: by e-mail with the PDF, or as a link by SMS or WhatsApp."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from billing import links, messaging
from billing.models import Bill, BillBuyer, BillMessage
from billing.operations.pdfs import store_bill_pdf
from customers.phone import to_e164
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.mail import message_id
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent

Channel = BillMessage.Channel
LONGEST_ADDRESS = 254  # RFC 5321


class MessagesNotSetUp(DomainError):
    """The installation has no provider for SMS and WhatsApp."""

    code = "messages_not_set_up"


@transaction.atomic
def send_bill(*, bill: Bill, channel: Channel, to: str, actor: Actor, at: datetime) -> BillMessage:
    """Note that the bill is to be sent; a worker does it. Without `to` it goes where the buyer can be reached.

    Raises Invalid, MessagesNotSetUp.
    """
    require(actor, Permission.SELL, bill.store_id)
    if channel != Channel.EMAIL and not messaging.is_set_up():
        raise MessagesNotSetUp(_("No provider for SMS and WhatsApp is set up."))
    store = Store.objects.select_related("org").get(pk=bill.store_id)
    message = BillMessage.objects.create(
        bill=bill,
        channel=channel,
        to=_address(channel, to or _known_address(bill, channel), store.org.country),
        asked_by=actor.label,
        asked_at=at,
    )
    AuditEntry.record("bill.sent", bill, actor=actor, at=at, channel=channel)
    OutboxEvent.emit("bill.send", message=str(message.pk))
    return message


@transaction.atomic
def whatsapp_address(*, bill: Bill, to: str, actor: Actor, at: datetime) -> str:
    """Opens WhatsApp on the cashier's own device with the link to the bill written, where no provider sends it.

    Raises Invalid.
    """
    require(actor, Permission.SELL, bill.store_id)
    store = Store.objects.select_related("org").get(pk=bill.store_id)
    phone = _address(Channel.WHATSAPP, to or _known_address(bill, Channel.WHATSAPP), store.org.country)
    with translation.override(store.receipt_language):
        text = _text({"bill": bill, "store": store, "link": links.shared_address(bill.org_id, bill.pk)})
    AuditEntry.record("bill.shared", bill, actor=actor, at=at, channel=Channel.WHATSAPP)
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text)}"


def _text(context: dict[str, object]) -> str:
    return render_to_string("billing/email/bill_text.txt", context).strip()


def _known_address(bill: Bill, channel: Channel) -> str:
    buyer = BillBuyer.objects.filter(bill=bill).first()
    if buyer is None:
        return ""
    return buyer.email if channel == Channel.EMAIL else buyer.phone


def _address(channel: Channel, to: str, country: str) -> str:
    """In its kept form. Raises Invalid."""
    if not to:
        sentence = _("Where to? The buyer has left no address.")
        raise Invalid(sentence, {"to": [sentence]})
    if channel != Channel.EMAIL:
        return to_e164(to, country)
    try:
        MaxLengthValidator(LONGEST_ADDRESS)(to)
        validate_email(to)
    except ValidationError as problem:
        raise Invalid(problem.messages[0], {"to": problem.messages}) from None
    return to


def deliver(message_pk: UUID) -> None:
    """In a worker's transaction. A worker that dies after sending sends again, under the same id.

    It speaks the store's language of receipts. Raises messaging.MessageNotSent, or what the mail server says.
    """
    message = BillMessage.objects.select_for_update(of=("self",)).select_related("bill").get(pk=message_pk)
    if message.sent_at is not None or not message.to:
        return
    store = Store.objects.select_related("org").get(pk=message.bill.store_id)
    link = links.shared_address(message.org_id, message.bill_id)
    context = {"bill": message.bill, "store": store, "link": link}
    with translation.override(store.receipt_language):
        if message.channel == Channel.EMAIL:
            _mail(message, context)
        else:
            sent = messaging.send_text(channel=message.channel, to=message.to, text=_text(context), key=str(message.pk))
            message.reference = sent
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at", "reference"])


def _mail(message: BillMessage, context: dict[str, object]) -> None:
    pdf = store_bill_pdf(message.bill_id)
    mail = EmailMessage(
        # One line, whatever the shop is called.
        subject=" ".join(render_to_string("billing/email/bill_subject.txt", context).split()),
        body=render_to_string("billing/email/bill.txt", context),
        to=[message.to],
        headers={"Message-ID": message_id(message.pk)},
    )
    with pdf.file.open() as file:
        mail.attach(f"{message.bill.number}.pdf", file.read(), "application/pdf")
    mail.send()
