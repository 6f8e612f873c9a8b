from __future__ import annotations

from decimal import Decimal

from allauth.account.models import EmailAddress
from django.db import transaction

from billing.models import Approval, Bill
from pantrypal.core.access import Role
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop


def manager_of(shop: Shop) -> str:
    with transaction.atomic():
        manager = shop.member(Role.STORE_MANAGER)
        EmailAddress.objects.create(user=manager, email=manager.email, verified=True, primary=True)
    return manager.email


def test_a_discount_over_the_limit_is_paid_after_a_managers_yes(
    committed_shop: Shop, shelf: Shelf, till: Visitor
) -> None:
    email = manager_of(committed_shop)
    till.scan(shelf.code(shelf.dal)).sees("Toor dal", "#cart")
    till.press("F6").sees("Percentage or amount").is_accessible().shoots("till-discount")
    till.type("50%").press("Tab").type("box is crushed").press("Enter").sees("₹84.00", "#total")

    till.press("F8").sees("Cash received").press("Enter").sees("please ask a manager", "#sheet")
    till.is_accessible().shoots("till-approval")
    till.type("crushed").press("Tab").type(email).press("Tab").type("secret-password").press("Enter")

    till.sees("is paid", "#sheet")
    with transaction.atomic():
        assert Bill.objects.get().total == Decimal("84.00")
        assert Approval.objects.get().reason == "crushed"


def test_more_than_is_there_comes_down_to_what_is_left(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.type("25*").scan(shelf.code(shelf.milk)).sees("only 20 left", "#cart")
    till.press("F10").sees("Approval code").press("Enter").sees("Only 20 of Milk 500 ml are left.", "#sheet")
    till.is_accessible().shoots("till-short")

    till.press("Enter").sees("₹560.00", "#total").has_focus_on("#code")
    till.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert committed_shop.on_hand(shelf.milk) == Decimal("0.000")


def test_another_price_waits_for_a_manager(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    email = manager_of(committed_shop)
    till.scan(shelf.code(shelf.salt)).sees("Salt", "#cart").press("F2").sees("Price of one").is_accessible()
    till.type("20").press("Enter").sees("₹20.00", "#total")

    till.press("F8").sees("Cash received").press("Enter").sees("Price change: please ask a manager.", "#sheet")
    till.type("old label").press("Tab").type(email).press("Tab").type("wrong").press("Enter")
    till.sees("not those of somebody who works here", "#sheet")
    till.do(lambda page: page.get_by_label("Password").fill("secret-password"))
    till.press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert Bill.objects.get().total == Decimal("20.00")
