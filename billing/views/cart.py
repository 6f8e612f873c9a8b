"""Changes of the cart: each is one small request that answers with the cart as it is then."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from billing.forms.cart import (
    CouponForm,
    CustomerForm,
    DiscountForm,
    HoldForm,
    LotForm,
    PriceForm,
    QuantityForm,
    line_values,
)
from billing.forms.fields import understood
from billing.operations.cart_lots import name_lot
from billing.operations.cart_terms import discount_cart, give_coupon, name_customer, price_line
from billing.operations.carts import change_quantity, drop_cart, fit_to_stock, remove_line
from billing.operations.held_carts import hold_cart, resume_cart
from billing.operations.shown_cart import shown_cart
from billing.queries import customers_like, held_carts
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_answer, cart_context, sheet_context
from inventory.queries.levels import lots_on_hand
from pantrypal.core.http import OrgRequest


@require_POST
@at_till
def quantity(request: OrgRequest, till: Till, cart_id: UUID, line: str) -> HttpResponse:
    asked = line_values(understood(QuantityForm(request.POST)))
    touched = change_quantity(cart_id, line, **asked, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till, touched.line)


@require_POST
@at_till
def remove(request: OrgRequest, till: Till, cart_id: UUID, line: str) -> HttpResponse:
    remove_line(cart_id, line, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@require_POST
@at_till
def fit(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    """Sell what is left of everything that is short."""
    shown = shown_cart(till.register, till.store, timezone.now())
    left = {row.line.product: row.fitting for row in shown.lines if row.is_short}
    fit_to_stock(cart_id, left, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@at_till
def price(request: OrgRequest, till: Till, cart_id: UUID, line: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/_price.html", sheet_context(till, cart_id, line))
    asked = understood(PriceForm(request.POST)).cleaned_data["price"]
    price_line(cart_id, line, asked, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till, line, must_price=True)


@at_till
def lot(request: OrgRequest, till: Till, cart_id: UUID, line: str) -> HttpResponse:
    if request.method != "POST":
        context = sheet_context(till, cart_id, line)
        products = [row.line.product for row in context["shown"].lines if row.line.id == line]
        return render(request, "billing/_lot.html", context | {"lots": lots_on_hand(products, till.store.pk)})
    asked = understood(LotForm(request.POST)).cleaned_data
    name_lot(cart_id, line, **asked, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till, line, must_price=True)


@require_POST
@at_till
def coupon(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    code = understood(CouponForm(request.POST)).cleaned_data["code"]
    give_coupon(cart_id, code, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@require_POST
@at_till
def drop(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    drop_cart(cart_id, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@at_till
def discount(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/_discount.html", sheet_context(till, cart_id, request.GET.get("line", "")))
    asked = understood(DiscountForm(request.POST)).cleaned_data
    touched = discount_cart(
        cart_id,
        asked["line"],
        **asked["off"],
        reason=asked["reason"],
        store=till.store,
        actor=till.actor,
        at=timezone.now(),
    )
    return cart_answer(request, till, touched.line)


@at_till
def customer(request: OrgRequest, till: Till) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/_customer.html", cart_context(till))
    asked = understood(CustomerForm(request.POST)).cleaned_data
    name_customer(**asked, register=till.register, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@require_GET
@at_till
def customers_found(request: OrgRequest, till: Till) -> HttpResponse:
    """Those whose phone or name holds what has been typed."""
    text = request.GET.get("phone", "").strip()
    found = customers_like(text)[:5] if len(text) >= 3 else []
    return render(request, "billing/_customers_found.html", {"found": found, "text": text})


@at_till
def hold(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return render(request, "billing/_hold.html", sheet_context(till, cart_id))
    name = understood(HoldForm(request.POST)).cleaned_data["name"]
    hold_cart(cart_id, name=name, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@require_GET
@at_till
def held(request: OrgRequest, till: Till) -> HttpResponse:
    return render(request, "billing/_held.html", {"till": till, "held": held_carts(till.store)})


@require_POST
@at_till
def resume(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    resume_cart(cart_id, register=till.register, store=till.store, actor=till.actor, at=timezone.now())
    return cart_answer(request, till)


@require_POST
@at_till
def drop_held(request: OrgRequest, till: Till, cart_id: UUID) -> HttpResponse:
    drop_cart(cart_id, store=till.store, actor=till.actor, at=timezone.now())
    return render(request, "billing/_held.html", {"till": till, "held": held_carts(till.store)})
