"""The rights of a person: to have everything that is known of them, and to be forgotten while the bills stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from billing.documents import bill_document, moment, plain
from billing.models import Bill, BillBuyer, BillMessage, BillPdf, CreditNote
from billing.operations.pdfs import store_bill_pdf
from billing.queries import posted_bill
from customers.models import Customer, StoredValue
from customers.operations.customers import forget_customer
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent


def export_person(customer: Customer, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that is kept about a customer, as JSON can carry it. That it was read is written down."""
    require(actor, Permission.CUSTOMERS_ERASE)
    AuditEntry.record_unnamed("customer.exported", customer, actor=actor, at=at)
    stores = {store.pk: store for store in Store.objects.select_related("org")}
    bills = Bill.objects.filter(customer=customer).order_by("finalized_at", "id")
    return {
        "customer": _known(customer),
        "bills": [_bill(pk, stores[store]) for pk, store in bills.values_list("pk", "store_id")],
        "credit_notes": [_note(note) for note in CreditNote.objects.filter(customer=customer).order_by("finalized_at")],
        "stored_value": [_account(account) for account in StoredValue.objects.filter(customer=customer)],
        "messages": [_message(message) for message in BillMessage.objects.filter(bill__customer=customer)],
    }


@transaction.atomic
def erase_person(customer: Customer, *, actor: Actor, at: datetime) -> None:
    """The customer and every copy of who they are go; bills, amounts and the chain of hashes stay.

    A bill's hash holds the digest of its buyer, which was salted and is kept, so the chain still proves itself. The
    GSTIN on an invoice stays: it names a firm, and the law wants it there.
    """
    require(actor, Permission.CUSTOMERS_ERASE)
    forget_customer(customer, actor=actor, at=at)
    of_theirs = BillBuyer.objects.filter(bill__customer=customer, erased_at=None)
    of_theirs.update(name="", phone="", email="", address="", state_code="", salt="", erased_at=at)
    BillMessage.objects.filter(bill__customer=customer).update(to="")
    OutboxEvent.emit("customer.erased", customer=str(customer.pk))


def print_bills_anew(customer_id: UUID) -> None:
    """The PDFs of an erased person's bills, without them. In a worker's transaction."""
    for pdf in BillPdf.objects.filter(bill__customer=customer_id):
        pdf.delete()
        default_storage.delete(str(pdf.file.name))
        store_bill_pdf(pdf.bill_id)


def _known(customer: Customer) -> dict[str, Any]:
    names = ("name", "phone", "email", "address", "state_code", "gstin")
    return {name: getattr(customer, name) for name in names} | {"since": moment(customer.created_at)}


def _bill(pk: UUID, store: Store) -> dict[str, Any]:
    posted = posted_bill(pk)
    assert posted is not None
    return bill_document(posted, store=store)


def _note(note: CreditNote) -> dict[str, Any]:
    return {
        "number": note.number,
        "date": note.document_date.isoformat(),
        "reason": note.reason,
        "total": plain(note.total),
    }


def _account(account: StoredValue) -> dict[str, Any]:
    entries = account.entries.order_by("at").values_list("at", "amount", "document_type")
    return {
        "kind": account.kind,
        "balance": plain(account.balance),
        "entries": [{"at": moment(at), "amount": plain(amount), "by": by} for at, amount, by in entries],
    }


def _message(message: BillMessage) -> dict[str, Any]:
    return {"by": message.channel, "to": message.to, "asked": moment(message.asked_at), "sent": moment(message.sent_at)}
