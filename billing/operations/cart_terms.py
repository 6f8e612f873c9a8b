"""What is agreed about a cart besides its goods: who buys, and what is taken off by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing.carts import basket_of, discount_as_json, discount_by_hand
from billing.models import Cart, Register
from billing.operations.carts import Touched, active_cart, line_in, locked_cart, save_line
from billing.operations.quote import quote
from billing.refusals import CouponRefused
from catalog.queries import kept_coupon
from customers.models import Customer
from customers.operations.customers import find_or_create
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.journal.models import AuditEntry

HUNDRED = Decimal(100)


@transaction.atomic
def discount_cart(
    cart_id: UUID,
    line_id: str = "",
    *,
    percent: Decimal = ZERO,
    amount: Decimal = ZERO,
    reason: str = "",
    store: Store,
    actor: Actor,
    at: datetime,
) -> Touched:
    """Take something off a line, or off the whole bill; nothing takes an earlier discount back.

    Over the cashier's limit the payment will ask for a manager. Raises CartGone, LineGone, Invalid.
    """
    require(actor, Permission.SELL, store.pk)
    _require_sensible(percent, amount, store)
    cart = locked_cart(cart_id)
    discount = discount_by_hand(percent=percent, amount=amount, reason=reason.strip()[:80])
    figures = {"percent": percent, "amount": amount, "reason": reason}
    AuditEntry.record("cart.discounted", cart, actor=actor, at=at, line=line_id, **figures)
    if line_id:
        return save_line(cart, replace(line_in(cart, line_id), discount=discount))
    cart.discount = discount_as_json(discount)
    cart.save(update_fields=["discount", "updated_at"])
    return Touched(cart, "")


@transaction.atomic
def price_line(
    cart_id: UUID, line_id: str, price: Decimal | None, *, store: Store, actor: Actor, at: datetime
) -> Touched:
    """Sell this line at another price, if a manager agrees when it is paid; none takes the catalog's again.

    Raises CartGone, LineGone, Invalid.
    """
    require(actor, Permission.SELL, store.pk)
    if price is not None and (price < 0 or round_money(price, store.org.places) != price):
        raise Invalid(_("Give a price that is not below zero."), {"price": [_("Give a price that is not below zero.")]})
    cart = locked_cart(cart_id)
    line = line_in(cart, line_id)
    AuditEntry.record("cart.priced", cart, actor=actor, at=at, product=line.name, old=line.price, new=price)
    return save_line(cart, replace(line, price=price))


@transaction.atomic
def give_coupon(cart_id: UUID, code: str, *, store: Store, actor: Actor, at: datetime) -> Touched:
    """Its use is counted when the cart is paid; the same code again takes it back. Raises CartGone, CouponRefused."""
    require(actor, Permission.SELL, store.pk)
    cart = locked_cart(cart_id)
    code = kept_coupon(code)
    if code in cart.coupons:
        cart.coupons = [other for other in cart.coupons if other != code]
    else:
        cart.coupons = [*cart.coupons, code]
        priced = quote(basket_of(cart, store), customer=cart.customer, at=at)
        if refused := [coupon for coupon in priced.coupons if coupon.code == code and coupon.is_refused]:
            raise CouponRefused(refused[0].sentence, coupon=code)
    cart.save(update_fields=["coupons", "updated_at"])
    return Touched(cart, "")


@transaction.atomic
def name_customer(
    *, phone: str, name: str = "", gstin: str = "", register: Register, store: Store, actor: Actor, at: datetime
) -> Cart:
    """Whose cart it is that the register rings up: the customer with this phone, found or made; no phone: nobody's.

    A customer may be named before anything is scanned. Raises Invalid.
    """
    require(actor, Permission.SELL, store.pk)
    cart = active_cart(register, store)
    cart.customer = _customer(phone, name, gstin, store, actor, at) if phone.strip() else None
    cart.save(update_fields=["customer", "updated_at"])
    return cart


def _customer(phone: str, name: str, gstin: str, store: Store, actor: Actor, at: datetime) -> Customer:
    return find_or_create(phone=phone, org=store.org, actor=actor, at=at, name=name.strip(), gstin=gstin.strip())


def _require_sensible(percent: Decimal, amount: Decimal, store: Store) -> None:
    is_sensible = ZERO <= percent <= HUNDRED and amount >= 0 and round_money(amount, store.org.places) == amount
    if not is_sensible or (percent and amount):
        sentence = _("Give either a percentage up to 100 or an amount.")
        raise Invalid(sentence, {"discount": [sentence]})
