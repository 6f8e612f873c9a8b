"""Customers as pages and the till find them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from customers.models import Customer
from customers.phone import to_e164
from pantrypal.core.errors import Invalid


def found_by(customers: QuerySet[Customer], text: str, country: str) -> QuerySet[Customer]:
    """Those with this phone in any form, this GSTIN, or a name that has these words in it."""
    text = text.strip()
    if not text:
        return customers
    wanted = Q(gstin=text.upper()) | Q(name__icontains=text)
    if phone := phone_or_none(text, country):
        wanted |= Q(phone=phone)
    return customers.filter(wanted)


def phone_or_none(text: str, country: str) -> str | None:
    """What was typed as a phone in its kept form, if it can be one."""
    try:
        return to_e164(text, country)
    except Invalid:
        return None
