"""How the money of a return goes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from billing.models import CreditNote, Refund
from billing.models.payment import Method
from billing.refusals import RefundMismatch
from billing.return_request import RefundTender
from customers.models import Customer, StoredValue
from customers.operations.stored_value import open_store_credit, store_credit_of
from pantrypal.core.money import ZERO, round_money


def draft_refunds(
    note: CreditNote, tenders: Sequence[RefundTender], *, default: str, places: int, at: datetime
) -> list[Refund]:
    """Refunds that add up to the credit note's total exactly. Raises RefundMismatch.

    `default` is the method where none is asked for. Store credit goes onto what the customer has already.
    """
    tenders = tenders or [RefundTender(default)]
    fixed = sum((tender.amount for tender in tenders if tender.amount is not None), ZERO)
    rest = note.total - fixed
    refunds = []
    for position, tender in enumerate(tenders, 1):
        amount = tender.amount
        if amount is None:
            amount, rest = rest, ZERO
        if amount < 0 or round_money(amount, places) != amount:
            raise RefundMismatch(_("%s is not an amount that can be given back.") % amount)
        refund = Refund(credit_note=note, position=position, method=tender.method, amount=amount)
        refund.reference = tender.reference
        if tender.method == Method.STORE_CREDIT and amount:
            refund.stored_value = _store_credit(note.customer, at)
        refunds.append(refund)
    given = sum((refund.amount for refund in refunds), ZERO)
    if given != note.total:
        raise RefundMismatch(
            _("The refunds add up to %(given)s, but %(total)s goes back.") % {"given": given, "total": note.total},
            total=note.total,
        )
    return refunds


def _store_credit(customer: Customer | None, at: datetime) -> StoredValue:
    if customer is None:
        return open_store_credit(customer=None, at=at)
    # Two returns at once find one account. Sales to the customer, which only refer to the row, go on meanwhile.
    Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
    return store_credit_of(customer) or open_store_credit(customer=customer, at=at)
