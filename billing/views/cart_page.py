"""The cart as the till's page and its fragments show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Cart
from billing.operations.shown_cart import shown_cart
from billing.queries import last_bill_of
from billing.refusals import CartGone
from billing.views.at_till import Till
from catalog.refusals import PriceMissing
from customers.queries import store_credit_left
from pantrypal.core.http import OrgRequest

CART = "billing/_cart.html"


def cart_context(till: Till, touched: str = "") -> dict[str, Any]:
    """`touched` is the line that has just changed: it becomes the current one."""
    shown = shown_cart(till.register, till.store, timezone.now())
    held = Cart.objects.filter(store_id=till.store.pk, state=Cart.State.HELD).count()
    current = touched or (shown.lines[-1].line.id if shown.lines else "")
    return {
        "till": till,
        "store": till.store,
        "register": till.register,
        "currency": till.store.org.currency,
        "shown": shown,
        "held": held,
        "current": current,
        "touched": touched,
    } | _customer(shown.cart)


def _customer(cart: Cart | None) -> dict[str, Any]:
    """What is known of the customer of the cart and helps at the counter."""
    if cart is None or cart.customer_id is None:
        return {}
    return {"store_credit": store_credit_left(cart.customer_id), "last_bill": last_bill_of(cart.customer_id)}


def sheet_context(till: Till, cart_id: UUID, touched: str = "") -> dict[str, Any]:
    """The same for a sheet over this very cart. Raises CartGone where another one is rung up by now, or none."""
    context = cart_context(till, touched)
    cart = context["shown"].cart
    if cart is None or cart.pk != cart_id:
        raise CartGone(_("This cart has been paid, held or dropped meanwhile."))
    return context


def cart_answer(request: OrgRequest, till: Till, touched: str = "", *, must_price: bool = False) -> HttpResponse:
    """The cart as it is now. With `must_price` a cart that cannot be priced is the refusal of what was just done,
    unless it only waits for the prices of other goods.

    Whoever scans before the page's scripts have come gets the whole page.
    """
    context = cart_context(till, touched)
    problem = context["shown"].problem
    if must_price and problem and problem.code != PriceMissing.code:
        raise problem
    if request.headers.get("HX-Request") != "true":
        return redirect("till", till.register.pk)
    return render(request, CART, context | {"is_answer": True})
