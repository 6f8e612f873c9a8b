"""Goods whose bill is lost, scanned into the till's cart: taken back once, and only those that were meant."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from billing.models import Cart, CreditNote, TillRules
from billing.operations.carts import add_to_cart
from billing.operations.rules import save_rules
from billing.operations.till_return import return_from_cart
from billing.operations.till_sale import pay_cart
from billing.queries import PostedBill, PostedCreditNote
from billing.refusals import BillIdReused, CartGone
from billing.return_request import ReturnWithoutBill, UnbilledLine
from billing.sale import Tender
from billing.typed import Typed
from catalog.models import Product
from customers.models import StoredValue
from inventory.models import StockMove
from pantrypal.journal.models import AuditEntry
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once

ONE = Decimal(1)


def cart_with(shop: Shop, *goods: tuple[Product, str]) -> Cart:
    values = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    for product, quantity in goods:
        cart = add_to_cart(Typed("", Decimal(quantity)), product=product.pk, **values).cart
    return cart


def soap_and_milk(shop: Shop) -> tuple[Product, Product]:
    soap, milk = shop.product("Soap", price="45.50", rate="18"), shop.product("Milk", price="63.00")
    for product in (soap, milk):
        shop.stock(product, "10")
    return soap, milk


def asked(shop: Shop, *lines: UnbilledLine, **values: Any) -> ReturnWithoutBill:
    values = {"id": uuid7(), "reason": "bill lost"} | values
    return ReturnWithoutBill(store=shop.store, register=shop.register, lines=lines, **values)


def take(shop: Shop, cart: Cart, request: ReturnWithoutBill, *taken: str) -> PostedCreditNote:
    """So much of each of the cart's lines."""
    ids = [line["id"] for line in cart.lines]
    back = dict(zip(ids, map(Decimal, taken), strict=False))
    with transaction.atomic():
        return return_from_cart(cart.pk, request, back, actor=shop.actor, at=NOON)


def test_what_does_not_come_back_stays_in_the_cart(shop: Shop) -> None:
    soap, milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "3"), (milk, "2"))

    posted = take(shop, cart, asked(shop, UnbilledLine(ONE, soap.pk)), "1")

    cart.refresh_from_db()
    assert cart.state == "active"
    assert [(line["name"], line["quantity"]) for line in cart.lines] == [("Soap", "2"), ("Milk", "2")]
    assert (posted.note.total, shop.on_hand(soap), shop.on_hand(milk)) == (Decimal("45.50"), 11, 10)
    assert AuditEntry.objects.get(action="cart.returned").data == {"credit_note": "CB1A-25-0000001", "left": 2}


def test_a_cart_that_comes_back_whole_is_gone(shop: Shop) -> None:
    soap, milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "1"), (milk, "2"))
    lines = (UnbilledLine(ONE, soap.pk, disposition="damaged"), UnbilledLine(Decimal(2), milk.pk))

    take(shop, cart, asked(shop, *lines), "1", "2")

    cart.refresh_from_db()
    assert (cart.state, cart.lines) == ("dropped", [])
    assert (shop.on_hand(soap), shop.on_hand(milk)) == (10, 12)
    assert set(StockMove.objects.exclude(kind="opening").values_list("product", "kind", "quantity")) == {
        (soap.pk, "return", ONE),
        (soap.pk, "damage", -ONE),
        (milk.pk, "return", Decimal(2)),
    }


def test_a_return_sent_again_takes_back_once(shop: Shop) -> None:
    soap, milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "3"), (milk, "1"))
    request = asked(shop, UnbilledLine(ONE, soap.pk))

    first, again = (take(shop, cart, request, "1") for _ in range(2))

    assert (again.is_repeat, again.note.number) == (True, first.note.number)
    cart.refresh_from_db()
    assert [line["quantity"] for line in cart.lines] == ["2", "1"]
    assert StoredValue.objects.get().balance == Decimal("45.50")
    with pytest.raises(BillIdReused):
        take(shop, cart, replace(request, lines=(UnbilledLine(Decimal(2), soap.pk),)), "2")


def test_a_cart_that_is_gone_gives_nothing_back_and_a_repeat_its_first_note(shop: Shop) -> None:
    soap, _milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "1"))
    request = asked(shop, UnbilledLine(ONE, soap.pk))
    take(shop, cart, request, "1")

    assert take(shop, cart, request, "1").is_repeat
    with pytest.raises(CartGone):
        take(shop, cart, replace(request, id=uuid7()), "1")
    assert CreditNote.objects.count() == 1


def test_twenty_posts_of_one_return_at_once_make_one_credit_note(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        soap, _milk = soap_and_milk(shop)
        cart = cart_with(shop, (soap, "3"))
    request = asked(shop, UnbilledLine(ONE, soap.pk))

    answers = all_at_once(shop.org.pk, [lambda: take(shop, cart, request, "1")] * 20)

    assert {answer.note.number for answer in answers if isinstance(answer, PostedCreditNote)} == {"CB1A-25-0000001"}
    assert sum(not answer.is_repeat for answer in answers if isinstance(answer, PostedCreditNote)) == 1
    with transaction.atomic():
        cart.refresh_from_db()
        assert [line["quantity"] for line in cart.lines] == ["2"]
        assert (shop.on_hand(soap), StoredValue.objects.get().balance) == (11, Decimal("45.50"))


@pytest.mark.parametrize("attempt", range(3))
def test_paying_and_returning_one_cart_at_once_does_one_of_them(committed_shop: Shop, attempt: int) -> None:
    shop = committed_shop
    with transaction.atomic():
        soap, milk = soap_and_milk(shop)
        cart = cart_with(shop, (milk, "1"), (soap, "1"))
    values = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    lines = (UnbilledLine(ONE, milk.pk), UnbilledLine(ONE, soap.pk))

    def pay() -> PostedBill:
        return pay_cart(cart.pk, (Tender("cash"),), expected_total=None, **values)

    def give_back() -> PostedCreditNote:
        return take(shop, cart, asked(shop, *lines), "1", "1")

    answers = all_at_once(shop.org.pk, [pay, give_back] * 5)

    notes = [answer for answer in answers if isinstance(answer, PostedCreditNote)]
    bills = {answer.bill.pk for answer in answers if isinstance(answer, PostedBill)}
    assert len(notes) + len(bills) == 1
    assert all(isinstance(answer, PostedCreditNote | PostedBill | CartGone) for answer in answers)


# -- at the till ------------------------------------------------------------------------------------


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match, page
    return match[1]


def test_the_till_asks_of_each_line_how_much_comes_back_and_where_it_goes(shop: Shop, till: Client) -> None:
    soap, milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "2"), (milk, "1"))
    address = f"/asha/till/{shop.register.pk}/returns/"
    page = till.get(address).content.decode()
    sent = {"id": field(page, "id"), "sale": field(page, "sale"), "reason": "bill lost", "phone": "9812345678"}
    for row, quantity, goes in zip(cart.lines, ("2", "0"), ("expired", "restock"), strict=True):
        name = row["id"]
        sent |= {f"back_{name}": quantity, f"goes_{name}": goes}
        sent |= {f"product_{name}": row["product"], f"code_{name}": row["code"]}

    first, again = (till.post(address, sent).content.decode() for _ in range(2))

    credit = StoredValue.objects.get()
    assert (credit.balance, credit.customer.phone) == (Decimal("91.00"), "+919812345678")
    assert credit.code in first
    assert credit.code in again
    assert CreditNote.objects.count() == 1
    assert set(StockMove.objects.exclude(kind="opening").values_list("kind", "quantity")) == {
        ("return", Decimal(2)),
        ("expiry", Decimal(-2)),
    }
    cart.refresh_from_db()
    assert [line["name"] for line in cart.lines] == ["Milk"]
    assert f"/asha/credit-notes/{CreditNote.objects.get().pk}/receipt/" in first


def test_the_till_offers_cash_only_where_the_owner_has_said_so(shop: Shop, till: Client) -> None:
    soap, _milk = soap_and_milk(shop)
    cart = cart_with(shop, (soap, "1"))
    address, name = f"/asha/till/{shop.register.pk}/returns/", cart.lines[0]["id"]
    sent = {"id": str(uuid7()), "sale": str(cart.pk), "reason": "bill lost", "refund": "cash", f"back_{name}": "1"}
    sent |= {f"goes_{name}": "restock", f"product_{name}": str(soap.pk), f"code_{name}": ""}

    assert 'name="refund"' not in till.get(address).content.decode()
    assert "store credit only" in till.post(address, sent).content.decode()
    save_rules(TillRules(refunds_without_bill_in_money=True), actor=shop.actor, at=NOON)

    assert 'name="refund"' in till.get(address).content.decode()
    till.post(address, sent)
    assert [refund.method for refund in CreditNote.objects.get().refunds.all()] == ["cash"]


def test_a_return_with_its_bill_sent_again_by_the_till_answers_the_same(shop: Shop, till: Client) -> None:
    soap, milk = soap_and_milk(shop)
    posted = shop.sell(*(line(product) for product in (soap, milk)))
    address = f"/asha/till/{shop.register.pk}/bills/{posted.bill.pk}/return/"
    sent = {"id": field(till.get(address).content.decode(), "id"), "reason": "sour"}
    for sold, goes in zip(posted.lines, ("restock", "damaged"), strict=True):
        sent |= {f"back_{sold.pk}": "1", f"goes_{sold.pk}": goes}

    first, again = (till.post(address, sent).content.decode() for _ in range(2))

    note = CreditNote.objects.get()
    assert note.number in first
    assert note.number in again
    assert [returned.disposition for returned in note.lines.all()] == ["restock", "damaged"]
    assert (shop.on_hand(soap), shop.on_hand(milk)) == (10, 9)
