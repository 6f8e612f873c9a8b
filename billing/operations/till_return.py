"""A return without a bill of what was scanned into the register's cart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.carts import lines_of, put_lines
from billing.models import Cart
from billing.operations.returns_without_bill import take_goods_without_bill
from billing.queries import PostedCreditNote, posted_credit_note
from billing.refusals import CartGone
from billing.return_request import ReturnWithoutBill
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry


@transaction.atomic(savepoint=False)
def return_from_cart(
    cart_id: UUID, request: ReturnWithoutBill, taken: Mapping[str, Decimal], *, actor: Actor, at: datetime
) -> PostedCreditNote:
    """The goods are taken back and leave the cart, or neither. Sent again, the first credit note comes back.

    `taken`: how much of each line of the cart, by its id; the rest stays there for sale. The cart's row is locked
    before anything of the return, as a payment does. Raises CartGone, and what `take_goods_without_bill` raises.
    """
    require(actor, Permission.SELL, request.store.pk)
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id, register=request.register).first()
    is_open = cart is not None and cart.state == Cart.State.ACTIVE
    if not is_open and posted_credit_note(request.id) is None:
        raise CartGone(_("This cart has been paid, held or dropped meanwhile."))
    posted = take_goods_without_bill(request, actor=actor, at=at)
    if cart is not None and not posted.is_repeat:
        _take_out(cart, taken)
        AuditEntry.record(
            "cart.returned", cart, actor=actor, at=at, credit_note=posted.note.number, left=len(cart.lines)
        )
    return posted


def _take_out(cart: Cart, taken: Mapping[str, Decimal]) -> None:
    """What has come back is not for sale; a cart with nothing left in it is done."""
    lines = [replace(line, quantity=line.quantity - taken.get(line.id, ZERO)) for line in lines_of(cart)]
    put_lines(cart, [line for line in lines if line.quantity > 0])
    if not cart.lines:
        cart.state = Cart.State.DROPPED
    cart.save(update_fields=["lines", "state", "updated_at"])
