"""Customers as pages and the till find them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from customers.models import Customer, StoredValue
from customers.phone import to_e164
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO


def found_by(customers: QuerySet[Customer], text: str, country: str) -> QuerySet[Customer]:
    """Those with this phone in any form, this GSTIN, or a name that has these words in it."""
    text = text.strip()
    if not text:
        return customers
    wanted = Q(gstin=text.upper()) | Q(name__icontains=text)
    if phone := phone_or_none(text, country):
        wanted |= Q(phone=phone)
    return customers.filter(wanted)


def store_credit_left(customer: UUID) -> Decimal:
    """What the shop owes this customer, over all codes that are not blocked."""
    accounts = StoredValue.objects.filter(customer=customer, kind=StoredValue.Kind.STORE_CREDIT, blocked_at=None)
    return accounts.aggregate(left=Sum("balance"))["left"] or ZERO


def phone_or_none(text: str, country: str) -> str | None:
    """What was typed as a phone in its kept form, if it can be one."""
    try:
        return to_e164(text, country)
    except Invalid:
        return None
