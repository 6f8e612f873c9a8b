"""Putting a cart aside to serve the next customer, and taking it up again, also at another register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.carts import cart_line, put_lines
from billing.models import Cart, Register
from billing.operations.carts import active_cart, locked_cart
from billing.operations.quote import quote
from billing.queries import till_rules
from billing.refusals import CartGone, EmptySale
from billing.sale import Basket, SaleLine
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Store
from pantrypal.journal.models import AuditEntry, OutboxEvent


@transaction.atomic
def hold_cart(cart_id: UUID, *, name: str, store: Store, actor: Actor, at: datetime) -> Cart:
    """Raises CartGone, EmptySale."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    if not cart.lines:
        raise EmptySale(_("There is nothing in the cart yet."))
    return _put_aside(cart, name, actor, at)


@transaction.atomic
def put_cart_aside(
    lines: Sequence[SaleLine], *, name: str, register: Register, store: Store, actor: Actor, at: datetime
) -> Cart:
    """A cart that somebody else has filled, such as an order to be fetched, for any till of the store to take up.

    Raises UnknownProduct, UnreadableCode, BadQuantity, EmptySale.
    """
    require(actor, Permission.SELL, store.pk)
    priced = quote(Basket(store, tuple(lines)), customer=None, at=at)
    cart = Cart(register=register, store_id=store.pk, state=Cart.State.HELD)
    put_lines(cart, [cart_line(line.asked, line.item) for line in priced.lines])
    cart.save()
    return _put_aside(cart, name, actor, at)


@transaction.atomic
def resume_cart(cart_id: UUID, *, register: Register, store: Store, actor: Actor, at: datetime) -> Cart:
    """To this register of the same store; what lies in its cart is held instead. Raises CartGone."""
    require(actor, Permission.SELL, store.pk)
    present = active_cart(register, store)
    cart = locked_cart(cart_id, Cart.State.HELD)
    if cart.store_id != store.pk:
        raise CartGone(_("This cart is held in another store."))
    if present.lines:
        _put_aside(present, "", actor, at)
    else:
        present.delete()
    cart.state, cart.register = Cart.State.ACTIVE, register
    cart.held_at = cart.expires_at = None
    cart.save(update_fields=["state", "register", "held_at", "expires_at", "updated_at"])
    AuditEntry.record("cart.resumed", cart, actor=actor, at=at, register=register.code, name=cart.name)
    OutboxEvent.emit("cart.resumed", cart=str(cart.pk), register=str(register.pk))
    return cart


@transaction.atomic
def drop_expired_carts(*, at: datetime) -> list[Cart]:
    """Of the whole organization, those that nobody has taken up in time. One that a till takes up now is left alone."""
    held = Cart.objects.select_for_update(of=("self",), skip_locked=True).filter(state=Cart.State.HELD)
    expired = list(held.filter(expires_at__lte=at).order_by("pk"))
    for cart in expired:
        cart.state = Cart.State.DROPPED
        cart.save(update_fields=["state", "updated_at"])
        told = {"name": cart.name, "held_by": cart.held_by, "lines": len(cart.lines)}
        AuditEntry.record("cart.expired", cart, actor=Actor.system(cart.org_id), at=at, **told)
        OutboxEvent.emit("cart.expired", cart=str(cart.pk), store=str(cart.store_id))
    return expired


def _put_aside(cart: Cart, name: str, actor: Actor, at: datetime) -> Cart:
    cart.state = Cart.State.HELD
    cart.name = name.strip()[:60] or cart.name
    cart.held_by, cart.held_at = actor.label, at
    cart.expires_at = at + timedelta(days=till_rules().held_cart_days)
    cart.save(update_fields=["state", "name", "held_by", "held_at", "expires_at", "updated_at"])
    AuditEntry.record("cart.held", cart, actor=actor, at=at, name=cart.name, lines=len(cart.lines))
    OutboxEvent.emit("cart.held", cart=str(cart.pk), store=str(cart.store_id))
    return cart
