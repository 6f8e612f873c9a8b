"""Paying a cart: it becomes the bill of the same id."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.carts import basket_of
from billing.models import Approval, Cart, Register
from billing.models.payment import Method
from billing.operations.checkout import checkout
from billing.operations.exchange import Exchange, exchange
from billing.queries import PostedBill, posted_bill
from billing.refusals import CartGone
from billing.return_request import ReturnRequest
from billing.sale import Sale, Tender
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store


@transaction.atomic
def pay_cart(
    cart_id: UUID,
    payments: tuple[Tender, ...],
    *,
    expected_total: Decimal | None,
    oversell: bool = False,
    register: Register,
    store: Store,
    actor: Actor,
    at: datetime,
) -> PostedBill:
    """The bill; for a cart that has been paid already, its first one, whatever is asked now.

    The cart's row is locked before anything of the sale. Raises CartGone and whatever checkout raises.
    """
    require(actor, Permission.SELL, store.pk)
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id, register=register).first()
    if cart is not None and cart.state == Cart.State.PAID:
        posted = posted_bill(cart.pk, is_repeat=True)
        assert posted is not None
        return posted
    if cart is None or cart.state != Cart.State.ACTIVE:
        raise CartGone(_("This cart has been paid, held or dropped meanwhile."))
    approvals = tuple(Approval.objects.filter(subject_id=cart.pk).values_list("pk", flat=True))
    basket = basket_of(cart, store)
    sale = Sale(
        cart.pk,
        register,
        basket,
        payments,
        expected_total,
        approvals=approvals,
        oversell=oversell,
        checked_age=cart.checked_age,
    )
    posted = checkout(sale, actor=actor, at=at)
    cart.state = Cart.State.PAID
    cart.save(update_fields=["state", "updated_at"])
    return posted


@transaction.atomic
def exchange_cart(cart_id: UUID, request: ReturnRequest, *, actor: Actor, at: datetime) -> Exchange:
    """The goods of the return go against the cart: what it costs more is paid in cash, what it costs less given back.

    Raises CartGone, and what an exchange raises.
    """
    require(actor, Permission.SELL, request.store.pk)
    cart = Cart.objects.select_for_update(of=("self",)).filter(pk=cart_id, register=request.register).first()
    if cart is None or cart.state not in (Cart.State.ACTIVE, Cart.State.PAID):
        raise CartGone(_("This cart has been paid, held or dropped meanwhile."))
    basket = basket_of(cart, request.store)
    sale = Sale(cart.pk, request.register, basket, (Tender(Method.CASH),), checked_age=cart.checked_age)
    exchanged = exchange(request, sale, actor=actor, at=at)
    cart.state = Cart.State.PAID
    cart.save(update_fields=["state", "updated_at"])
    return exchanged
