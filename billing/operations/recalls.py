"""What billing does about a recall: letters to those who bought it, and their money back in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from billing.models import Bill, BillBuyer, CreditNoteLine, Register
from billing.models.payment import Method
from billing.operations.returns import take_goods_back
from billing.recalled import RecalledSale, recalled_sales
from billing.return_request import RefundTender, ReturnLine, ReturnRequest
from inventory.models import Recall
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.mail import message_id
from pantrypal.core.models import Store
from pantrypal.journal.models import OutboxEvent


@transaction.atomic
def ask_for_letters(recall_id: UUID) -> int:
    """An event for each address that bought recalled goods, if there is something to say. Returns how many."""
    recall = Recall.objects.get(pk=recall_id)
    if not recall.message:
        return 0
    bills: dict[str, UUID] = {}
    for sale in recalled_sales(recall):
        if sale.buyer is not None and sale.buyer.email:
            bills.setdefault(sale.buyer.email.lower(), sale.bill.pk)
    for bill in bills.values():
        OutboxEvent.emit("recall.letter_due", recall=str(recall.pk), bill=str(bill))
    return len(bills)


def send_letter(recall_id: UUID, bill_id: UUID, *, event_id: UUID) -> bool:
    """The recall's message to the buyer of a bill; False where they were erased meanwhile or it has ended.

    Runs in a worker's transaction. A worker that dies after sending sends again, under the same Message-ID.
    """
    recall = Recall.objects.select_related("product").get(pk=recall_id)
    buyer = BillBuyer.objects.filter(bill=bill_id, erased_at=None).exclude(email="").first()
    if recall.ended_at is not None or buyer is None:
        return False
    bill = Bill.objects.get(pk=bill_id)
    context = {"recall": recall, "buyer": buyer, "bill": bill, "lots": recall.lots.select_related("lot")}
    context["store"] = Store.objects.select_related("org").get(pk=bill.store_id)
    EmailMessage(
        subject=render_to_string("billing/email/recall_subject.txt", context).strip(),
        body=render_to_string("billing/email/recall.txt", context),
        to=[buyer.email],
        headers={"Message-ID": message_id(event_id)},
    ).send()
    return True


@transaction.atomic
def refund_recalled(
    recall: Recall, bills: Collection[UUID], *, register: Register, store: Store, actor: Actor, at: datetime
) -> int:
    """Give the buyers of these bills their money back as store credit, for whole lines with recalled goods.

    Bills of another store, without a customer, or with nothing left to give back are passed over; pressed twice it
    gives back once. The goods count as come back and thrown away. All of them or none. Returns how many bills.
    Raises the refusals of take_goods_back.
    """
    require(actor, Permission.APPROVE, store.pk)
    by_bill: defaultdict[UUID, list[RecalledSale]] = defaultdict(list)
    for sale in recalled_sales(recall, stores=[store.pk]):
        if sale.bill.pk in bills and sale.bill.customer_id and sale.out > 0:
            by_bill[sale.bill.pk].append(sale)
    for bill, sales in sorted(by_bill.items()):
        damaged = CreditNoteLine.Disposition.DAMAGED
        request = ReturnRequest(
            id=uuid5(recall.pk, str(bill)),
            bill=sales[0].bill,
            store=store,
            register=register,
            reason=(_("Recall: %s") % recall.reason)[:200],
            lines=tuple(ReturnLine(sale.line.pk, sale.out, damaged) for sale in sales),
            refunds=(RefundTender(Method.STORE_CREDIT),),
        )
        take_goods_back(request, actor=actor, at=at)
    return len(by_bill)
