"""Store credit and gift cards: issued, spent, blocked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from customers.models import Customer, StoredValue
from customers.models.stored_value import hash_of
from pantrypal.core.errors import DomainError


class UnknownCode(DomainError):
    """No stored value of this organization has the code, or it is blocked."""

    code = "unknown_stored_value"
    status = 404


def find_by_code(code: str) -> StoredValue:
    """Raises UnknownCode."""
    found = StoredValue.objects.filter(code_hash=hash_of(code), blocked_at=None).first()
    if found is None:
        raise UnknownCode(_("This code is not known here. Please check it letter by letter."))
    return found


def open_store_credit(*, customer: Customer | None, at: datetime) -> StoredValue:
    """An empty account; the credit note that follows in the same transaction fills it."""
    account = StoredValue(kind=StoredValue.Kind.STORE_CREDIT, customer=customer, issued_at=at)
    account.code_hash = hash_of(account.code)
    account.save()
    return account


def store_credit_of(customer: Customer) -> StoredValue | None:
    """The credit that a customer has already, so that another return adds to it."""
    accounts = StoredValue.objects.filter(customer=customer, kind=StoredValue.Kind.STORE_CREDIT, blocked_at=None)
    return accounts.order_by("issued_at").first()
