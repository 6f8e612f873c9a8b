"""The papers of a credit note, as far as whoever asks may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from billing.credit_note_documents import credit_note_document
from billing.models import BillBuyer, CreditNote, Register
from billing.queries import posted_credit_note
from customers.models import Customer
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed, for which store and by which register's printer."""

    document: dict[str, Any]
    store: Store
    register: Register


def credit_note_paper(note_id: UUID, *, actor: Actor) -> Paper | None:
    """None where there is no such credit note. The code of a store credit is for those who sell: it is as good as
    money. Raises Forbidden."""
    posted = posted_credit_note(note_id)
    if posted is None:
        return None
    note = posted.note
    require(actor, Permission.BILLS_VIEW, note.store_id)
    store = Store.objects.select_related("org").get(pk=note.store_id)
    shows_codes = actor.may(Permission.SELL, note.store_id)
    document = credit_note_document(posted, store=store, buyer=_buyer(note), shows_codes=shows_codes)
    return Paper(document, store, note.register)


def _buyer(note: CreditNote) -> BillBuyer | Customer | None:
    """As the bill was made out; without a bill the customer who got the store credit."""
    if note.bill_id is None:
        return note.customer
    return BillBuyer.objects.filter(bill=note.bill_id).first()
