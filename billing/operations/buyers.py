"""The customer of a sale or return: known, or made on the way."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from billing.sale import Buyer
from customers.models import Customer
from customers.operations.customers import find_or_create
from pantrypal.core.actor import Actor
from pantrypal.core.errors import NotFound
from pantrypal.core.models import Store


def customer_of(buyer: Buyer | None, store: Store, actor: Actor, at: datetime) -> Customer | None:
    """Raises NotFound for an unknown id, Invalid for a phone that cannot be one."""
    if buyer is None:
        return None
    if buyer.customer:
        customer = Customer.objects.filter(pk=buyer.customer).first()
        if customer is None:
            raise NotFound(_("There is no such customer."), field="customer")
        return customer
    values = {"name": buyer.name, "email": buyer.email, "gstin": buyer.gstin}
    values |= {"address": buyer.address, "state_code": buyer.state_code}
    return find_or_create(phone=buyer.phone, org=store.org, actor=actor, at=at, **values)
