"""A return without a bill of what was scanned into the register's cart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.operations.carts import drop_cart
from billing.operations.returns_without_bill import take_goods_without_bill
from billing.queries import PostedCreditNote
from billing.return_request import ReturnWithoutBill
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require


@transaction.atomic(savepoint=False)
def return_cart_without_bill(
    cart_id: UUID, request: ReturnWithoutBill, *, actor: Actor, at: datetime
) -> PostedCreditNote:
    """The goods are taken back and the cart is gone, or neither. Sent again, the first credit note comes back.

    Raises CartGone, and what `take_goods_without_bill` raises.
    """
    require(actor, Permission.SELL, request.store.pk)
    posted = take_goods_without_bill(request, actor=actor, at=at)
    if not posted.is_repeat:
        drop_cart(cart_id, store=request.store, actor=actor, at=at)
    return posted
