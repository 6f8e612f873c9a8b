"""What the customer sees of a register: the cart as it grows, how to pay it, and the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from billing.models import Bill, Cart, Register
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store

THANKED_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class OnDisplay:
    """The cart that is being rung up; else the bill that was paid a moment ago; else nothing."""

    cart: Cart | None = None
    paid: Bill | None = None

    def version(self, at: datetime) -> str:
        """Another one wherever something else is to be seen. Prices may change with the clock, to the minute."""
        if self.cart is not None:
            return f"{self.cart.pk}-{self.cart.updated_at.timestamp()}-{at:%H%M}"
        return str(self.paid.pk) if self.paid is not None else ""


def on_display(register: Register, at: datetime) -> OnDisplay:
    """Two small reads; nothing is priced yet."""
    cart = Cart.objects.select_related("customer").filter(register=register, state=Cart.State.ACTIVE).first()
    if cart is not None and cart.lines:
        return OnDisplay(cart=cart)
    bills = Bill.objects.filter(register=register, finalized_at__gt=at - THANKED_FOR, finalized_at__lte=at)
    return OnDisplay(paid=bills.order_by("-finalized_at").first())


def show_code(cart_id: UUID, *, is_shown: bool, register: Register, store: Store, actor: Actor, at: datetime) -> None:
    """Whether the display shows the code to pay by. A cart that is no longer rung up has none to show."""
    require(actor, Permission.SELL, store.pk)
    carts = Cart.objects.filter(pk=cart_id, register=register, state=Cart.State.ACTIVE)
    carts.update(shows_code=is_shown, updated_at=at)
