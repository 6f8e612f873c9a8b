"""A till loses nothing: not to a reload, a lapsed session, a second window or an impatient finger."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.db import transaction

from billing.models import Bill
from catalog.models import Product
from customers.models import Customer
from pantrypal.core.models import User
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]


def test_the_cart_is_there_after_the_session_has_run_out(shelf: Shelf, cashier: User, till: Visitor) -> None:
    with transaction.atomic():
        EmailAddress.objects.create(user=cashier, email=cashier.email, verified=True, primary=True)
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total")
    till.do(lambda page: page.context.clear_cookies())
    till.scan(shelf.code(shelf.milk)).sees("Sign in", "h1")

    till.do(lambda page: page.get_by_label("Email").fill(cashier.email))
    till.do(lambda page: page.get_by_label("Password", exact=True).fill("secret-password"))
    till.press("Enter").has_focus_on("#code").sees("₹28.00", "#total")


def test_pay_twice_and_go_back_is_one_bill(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F8").sees("Cash received")
    till.do(lambda page: page.locator(".pay-finish").dblclick())
    till.sees("is paid", "#sheet")
    till.do(lambda page: page.reload())
    till.do(lambda page: page.go_back())
    till.do(lambda page: page.go_forward())

    till.sees("Ready for the next customer")
    with transaction.atomic():
        assert Bill.objects.count() == 1


def test_a_second_window_cannot_pay_what_the_first_has_paid(
    committed_shop: Shop, shelf: Shelf, cashier: User, till: Visitor, visitor: Visit
) -> None:
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total")
    other = visitor().signed_in_as(cashier).open(till.do(lambda page: page.url)[len(till.site.address) :])
    other.sees("₹28.00", "#total").press("F8").sees("Cash received")
    till.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")

    other.press("Enter").sees("is paid", "#sheet").press("Enter").sees("Ready for the next customer")
    till.press("Enter").scan(shelf.code(shelf.dal)).sees("₹168.00", "#total")
    other.scan(shelf.code(shelf.salt)).sees("₹192.00", "#total")
    till.press("+").sees("₹360.00", "#total")
    with transaction.atomic():
        assert Bill.objects.count() == 1


def test_a_price_that_changes_meanwhile_is_shown_before_it_is_paid(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F10").sees("Approval code")
    with transaction.atomic():
        Product.objects.filter(pk=shelf.milk.pk).update(price="30.00")

    till.press("Enter").sees("The total has changed to 30.00", "#notice").sees("₹30.00", "#total")
    till.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")


def test_a_scan_goes_to_the_cart_wherever_the_focus_is(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F6").sees("Percentage or amount")
    till.type("5").press("Tab").scan(shelf.code(shelf.salt))

    till.sees("₹52.00", "#total").has_focus_on("#code").sees_no("#sheet")


def test_an_unknown_code_is_said_and_nothing_is_guessed(shelf: Shelf, till: Visitor) -> None:
    till.scan("9520000999995").sees("There is no product “9520000999995”.", "#notice").is_accessible()
    till.shoots("till-unknown").scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").sees_no("#notice .notice")
    till.scan("9520000999995").sees("There is no product “9520000999995”.", "#notice").sees("₹28.00", "#total")


def test_a_new_customer_is_made_in_place(shelf: Shelf, till: Visitor) -> None:
    till.press("F7").sees("A known customer is found").is_accessible().shoots("till-customer")
    till.type("9812345678").press("Tab").type("Lakshmi").press("Enter")

    till.has_focus_on("#code").sees("Lakshmi", "#cart").sees("+91 98•••45678", "#cart")
    with transaction.atomic():
        assert Customer.objects.get().phone == "+919812345678"


def test_names_with_markup_stay_text(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    with transaction.atomic():
        Product.objects.filter(pk=shelf.milk.pk).update(name='<img src=x onerror="alert(1)">{{ 7*7 }}')
    till.type("img src").sees("<img src=x onerror", "#found").press("ArrowDown", "Enter")
    till.sees('<img src=x onerror="alert(1)">{{ 7*7 }}', "#cart").press("F8").sees("Cash received").press("Enter")
    till.sees("is paid", "#sheet")
    with transaction.atomic():
        bill = Bill.objects.get()
    till.open(f"/{committed_shop.org.slug}/bills/{bill.pk}/receipt/").sees('<img src=x onerror="alert(1)">{{ 7*7 }}')
    assert till.do(lambda page: page.locator("img[src=x]").count()) == 0
