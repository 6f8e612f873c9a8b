"""Which account a payment with store credit draws on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from billing.models.payment import Method
from billing.refusals import PaymentMismatch
from billing.sale import Tender
from customers.models import Customer, StoredValue
from customers.operations.stored_value import find_by_code, store_credit_of


def with_accounts(tenders: Sequence[Tender], customer: Customer | None) -> list[Tender]:
    """Each store credit with its account, and its last letters in place of the code. Raises UnknownCode."""
    return [_with_account(tender, customer) if tender.method == Method.STORE_CREDIT else tender for tender in tenders]


def _with_account(tender: Tender, customer: Customer | None) -> Tender:
    if tender.reference:
        account: StoredValue | None = find_by_code(tender.reference)
    elif customer:
        account = store_credit_of(customer)
    else:
        account = None
    if account is None:
        raise PaymentMismatch(_("Store credit needs its code, or a customer who has some."))
    return replace(tender, stored_value=account.pk, reference=f"…{account.code[-4:]}")
