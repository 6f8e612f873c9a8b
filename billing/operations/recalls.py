"""What billing does about a recall: letters to those who bought it, and their money back in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from billing.models import Bill, BillBuyer, CreditNoteLine, Register
from billing.models.payment import Method
from billing.operations.returns import take_goods_back
from billing.recalled import Obstacle, RecalledSale, recalled_sales
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
    store = context["store"] = Store.objects.select_related("org").get(pk=bill.store_id)
    with translation.override(store.receipt_language):
        EmailMessage(
            subject=render_to_string("billing/email/recall_subject.txt", context).strip(),
            body=render_to_string("billing/email/recall.txt", context),
            to=[buyer.email],
            headers={"Message-ID": message_id(event_id)},
        ).send()
    return True


@dataclass(frozen=True, slots=True)
class RecallRefunds:
    """`bills` were paid back; of `left`, goods of the recall are still out, each with the reason it was left."""

    bills: list[UUID]
    left: list[tuple[RecalledSale, Obstacle]]


@transaction.atomic
def refund_recalled(
    recall: Recall, bills: Collection[UUID] | None, *, register: Register, store: Store, actor: Actor, at: datetime
) -> RecallRefunds:
    """Give the buyers of these bills (None: of all) their money back as store credit, for whole lines with
    recalled goods.

    Bills that nobody is named on and bills of another store are left, and told; pressed twice it gives back once. The
    goods count as come back and thrown away. All or none. Who does it may both keep the stock and give money back.
    Raises the refusals of take_goods_back.
    """
    require(actor, Permission.STOCK_EDIT, store.pk)
    require(actor, Permission.SELL, store.pk)
    by_bill: defaultdict[UUID, list[RecalledSale]] = defaultdict(list)
    left: list[tuple[RecalledSale, Obstacle]] = []
    for sale in recalled_sales(recall, stores=actor.stores):
        if bills is not None and sale.bill.pk not in bills:
            continue
        obstacle = sale.obstacle or (Obstacle.OTHER_STORE if sale.bill.store_id != store.pk else None)
        if obstacle is None:
            by_bill[sale.bill.pk].append(sale)
        elif obstacle != Obstacle.CAME_BACK:
            left.append((sale, obstacle))
    for bill, sales in sorted(by_bill.items()):
        take_goods_back(_request(recall, bill, sales, store, register), actor=actor, at=at)
    return RecallRefunds(sorted(by_bill), left)


def _request(
    recall: Recall, bill: UUID, sales: Sequence[RecalledSale], store: Store, register: Register
) -> ReturnRequest:
    damaged = CreditNoteLine.Disposition.DAMAGED
    return ReturnRequest(
        id=uuid5(recall.pk, str(bill)),
        bill=sales[0].bill,
        store=store,
        register=register,
        reason=(_("Recall: %s") % recall.reason)[:200],
        lines=tuple(ReturnLine(sale.line.pk, sale.out, damaged) for sale in sales),
        refunds=(RefundTender(Method.STORE_CREDIT),),
    )
