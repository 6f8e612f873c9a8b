"""Goods that are sold from an age on only: alcohol, tobacco, crackers. Somebody has to look at the buyer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Bill, Cart
from billing.operations.carts import locked_cart
from billing.operations.quote import Quote
from billing.refusals import AgeCheckRequired
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry

EVERY_AGE = 150  # of whoever says that it was checked, without saying how old


def age_asked(quote: Quote) -> int:
    """The highest minimum age of the goods, in years; 0 where there is none."""
    return max((line.item.age_limit or 0 for line in quote.lines), default=0)


def require_age_checked(quote: Quote, checked: int, *, sale: UUID | None = None) -> None:
    """`checked`: so many years old, at least, somebody has found the buyer to be. Raises AgeCheckRequired."""
    age = age_asked(quote)
    if age <= checked:
        return
    limits = {line.item.name: line.item.age_limit for line in quote.lines if (line.item.age_limit or 0) > checked}
    goods = ", ".join(f"{name} ({limit}+)" for name, limit in limits.items())
    data = {"age": age, "subject": str(sale) if sale else ""}
    raise AgeCheckRequired(_("Please make sure of the buyer's age first: %s.") % goods, **data)


def note_age_of_buyer(bill: Bill, quote: Quote, checked: int, *, actor: Actor, at: datetime) -> None:
    """Who has looked, and when, is kept with the bill. Part of the checkout."""
    if age := age_asked(quote):
        AuditEntry.record("bill.age_checked", bill, actor=actor, at=at, age=age, checked=checked >= age)


@transaction.atomic
def note_age(cart_id: UUID, age: int, *, store: Store, actor: Actor) -> Cart:
    """The buyer of this cart was looked at and is at least so old: nobody is asked again. Raises CartGone."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    cart.checked_age = max(age, cart.checked_age)
    cart.save(update_fields=["checked_age", "updated_at"])
    return cart
