"""Several ways to pay at once, goods whose bill is lost, a PIN instead of a password, and another language."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import Approval, Bill, CreditNote, Payment
from customers.models import StoredValue
from pantrypal.core.access import Role
from pantrypal.core.models import Membership
from pantrypal.core.operations.pins import set_pin
from tests.browser.shelf import Shelf
from tests.browser.test_a_manager_says_yes import manager_of
from tests.browser.visitor import SIZES, Visitor
from tests.shop import NOON, Shop

Visit = Callable[..., Visitor]


def test_a_bill_is_paid_half_by_card_and_half_in_cash(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.dal)).sees("Toor dal", "#cart").press("F11").sees(
        "Takes what the others leave", "#sheet"
    )
    till.is_accessible().type("100").sees("₹68.00", ".change-amount").press("Enter").sees("is paid", "#sheet")

    with transaction.atomic():
        paid = set(Payment.objects.values_list("method", "amount"))
    assert paid == {("card", Decimal("100.00")), ("cash", Decimal("68.00"))}


def test_goods_without_a_bill_give_a_store_credit_code(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    email = manager_of(committed_shop)
    till.scan(shelf.code(shelf.dal)).sees("Toor dal", "#cart")
    till.press("F3").sees("Bills", "#sheet").press("9").sees("At today's prices", "#sheet").is_accessible()
    till.shoots("till-return-without-bill").press("Tab").press("Tab").type("bill is lost").press("Enter")
    till.sees("ask a manager", "#sheet")
    till.type("known here").press("Tab").type(email).press("Tab").type("secret-password").press("Enter")

    till.sees("Credit note", "#sheet").sees("₹168.00", "#sheet").is_accessible().shoots("till-returned-without-bill")
    with transaction.atomic():
        note, credit = CreditNote.objects.get(), StoredValue.objects.get()
        assert (note.kind, note.reason, credit.balance) == ("without_bill", "bill is lost", Decimal("168.00"))
        assert committed_shop.on_hand(shelf.dal) == Decimal("21.000")
    till.sees(credit.code, "#sheet").press("Enter").sees("Ready for the next customer")
    till.press("F3").sees("Bills", "#sheet").press("9").sees("Scan what comes back", "#sheet")


def test_a_manager_approves_a_discount_with_a_pin(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    with transaction.atomic():
        manager = Membership.objects.get(user=committed_shop.member(Role.STORE_MANAGER), org=committed_shop.org)
        cashier = committed_shop.member(Role.CASHIER)
        set_pin(member=manager, pin="2580", actor=committed_shop.actor, at=NOON)
        seller = Membership.objects.get(user=cashier, org=committed_shop.org)
        set_pin(member=seller, pin="1357", actor=committed_shop.actor, at=NOON)
    address = f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/"
    till = visitor().signed_in_as(committed_shop.owner).open(address + "pair/")
    till.type("PC at counter A").press("Enter").has_focus_on("#code")
    till.scan(shelf.code(shelf.dal)).sees("Toor dal", "#cart").press("F3").sees("Lock the till", "#sheet")
    till.press("7").sees("Who is at the till?").type("1357").press("Enter").has_focus_on("#code")
    till.sees("Toor dal", "#cart").press("F6").sees("Percentage or amount")
    till.type("50%").press("Tab").type("crushed").press("Enter").sees("₹84.00", "#total")

    till.press("F8").sees("Cash received").press("Enter").sees("PIN of the manager", "#sheet").is_accessible()
    till.type("crushed").press("Tab").type("2580").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert (Bill.objects.get().total, Approval.objects.get().approver_role) == (Decimal("84.00"), "store_manager")


def choose(till: Visitor, language: str) -> None:
    """In the menu of languages, by its own name."""
    till.do(lambda page: page.locator("summary", has_text="English").focus())
    till.press("Enter")
    till.do(lambda page: page.locator(f"button[name=language][value={language}]").focus())
    till.press("Enter")


def test_the_till_speaks_hindi_when_asked(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.salt)).sees("Salt 1 kg", "#cart")
    choose(till, "hi")
    till.sees("नमक 1 किलो", "#cart").sees("नकद").sees("₹24.00", "#total").is_accessible()


@pytest.mark.parametrize(
    ("language", "cash", "paid"),
    [("ta", "ரொக்கம்", "செலுத்தப்பட்டது"), ("te", "నగదు", "చెల్లించారు"), ("kn", "ನಗದು", "ಪಾವತಿಯಾಗಿದೆ")],
    ids=["ta", "te", "kn"],
)
def test_the_till_speaks_the_languages_of_the_south(
    committed_shop: Shop, shelf: Shelf, till: Visitor, language: str, cash: str, paid: str
) -> None:
    choose(till, language)
    till.sees(cash).scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").is_accessible()
    till.shoots(f"till-{language}", *SIZES)

    till.press("F8").sees("₹24.00", "#sheet").shoots(f"till-cash-{language}").press("Enter").sees(paid, "#sheet")
    till.shoots(f"till-paid-{language}")
