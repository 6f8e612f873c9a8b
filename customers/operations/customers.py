"""Customers: found at the till, or made there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from customers.models import Customer
from customers.phone import to_e164
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Organization
from pantrypal.core.validation import validated
from pantrypal.journal.models import AuditEntry, OutboxEvent


def save_customer(customer: Customer, *, org: Organization, actor: Actor, at: datetime) -> Customer:
    """Create or change a customer, with the phone brought into its kept form. Raises Invalid."""
    require(actor, Permission.CUSTOMERS_EDIT)
    if customer.phone:
        customer.phone = to_e164(customer.phone, org.country)
    if customer.gstin:
        customer.gstin = customer.gstin.strip().upper()
        customer.state_code = customer.state_code or customer.gstin[:2]
    action = "customer.created" if customer._state.adding else "customer.changed"
    with transaction.atomic():
        validated(customer).save()
        AuditEntry.record_unnamed(action, customer, actor=actor, at=at)
        OutboxEvent.emit(action, customer=str(customer.pk))
    return customer


def find_or_create(*, phone: str, org: Organization, actor: Actor, at: datetime, **values: Any) -> Customer:
    """The customer with this phone; two tills that meet a new one at once make one."""
    number = to_e164(phone, org.country)
    found = Customer.objects.filter(phone=number).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return save_customer(Customer(phone=number, **values), org=org, actor=actor, at=at)
    except IntegrityError:
        return Customer.objects.get(phone=number)


def forget_customer(customer: Customer, *, actor: Actor, at: datetime) -> None:
    """The customer's own row without the person; whatever points to it stays. Part of erasing a person."""
    require(actor, Permission.CUSTOMERS_ERASE)
    for field in ("name", "phone", "email", "address", "state_code", "gstin"):
        setattr(customer, field, "")
    customer.erased_at = customer.erased_at or at
    customer.save()
    AuditEntry.record_unnamed("customer.erased", customer, actor=actor, at=at)
