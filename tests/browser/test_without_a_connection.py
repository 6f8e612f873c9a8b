"""A till goes on selling while the line is down, and every bill is in the books afterwards, once, as it was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from gzip import compress

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing.chain_check import check_chains
from billing.ledger_check import check_documents
from billing.models import Bill, Cart, Payment, Register, RegisterDevice
from billing.operations.checkout import checkout
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.sale import Offline
from pantrypal.core.models import User
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry
from tests.browser.chromium import Chromium
from tests.browser.line import Line, line_to
from tests.browser.offline_till import OfflineTill, offline_till
from tests.browser.shelf import Shelf
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.shop import Shop
from tests.shop import line as sold

Tills = Callable[..., OfflineTill]
# The first bill that waits is of a product that nobody has.
SPOILED = """async (name) => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const queue = database.transaction("queue", "readwrite").objectStore("queue");
  await new Promise((done) => {
    queue.openCursor().onsuccess = ({ target }) => {
      const bill = target.result.value;
      bill.sent.lines[0].product = crypto.randomUUID();
      target.result.update(bill).onsuccess = done;
    };
  });
  database.close();
}"""


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    with line_to(site) as made:
        yield made


@pytest.fixture
def tills(chromium: Chromium, line: Line, committed_shop: Shop, shelf: Shelf, cashier: User) -> Iterator[Tills]:
    """Opens a till at a register, which then could go on without a connection."""
    with ExitStack() as stack:

        def comes(register: Register = committed_shop.register) -> OfflineTill:
            return stack.enter_context(offline_till(chromium, line, committed_shop, register, cashier)).learns()

        yield comes


@pytest.fixture
def counter_b(committed_shop: Shop) -> Register:
    shop = committed_shop
    with transaction.atomic():
        made = create_register(store=shop.store, code="B", name="Counter B", actor=shop.actor, at=timezone.now())
        open_shift(register=made, store=shop.store, opening_float=ZERO, actor=shop.actor, at=timezone.now())
    return made


def test_twenty_sales_on_two_registers_are_twenty_bills_with_the_numbers_on_their_paper(
    line: Line, tills: Tills, counter_b: Register, shelf: Shelf
) -> None:
    both = [tills(), tills(counter_b)]
    printed = []
    for till in both:
        till.goes_off().visitor.scan(shelf.code(shelf.salt)).sees("no connection", ".till-bar").sees("₹24.00", "#total")
        till.visitor.press("Shift+Delete").press("Enter").sees("Ready for the next customer")
        printed += [till.sells(shelf.code(shelf.dal), "₹168.00", given="200") for _sale in range(5)]
    for till in both:
        till.visitor.do(lambda page: page.reload())
        till.visitor.sees("5 bills wait", "#waiting").has_focus_on("#code")
        printed += [till.sells(shelf.code(shelf.milk), "₹28.00") for _sale in range(5)]
        assert till.waiting() == 10
    both[0].visitor.is_accessible().shoots("offline-ready", "1366x768", "390x844")
    line.lost = 3
    for till in both:
        till.is_back()

    with transaction.atomic():
        bills = dict(Bill.objects.values_list("number", "total"))
        assert Bill.objects.count() == 20
        assert [*check_chains(), *check_documents()] == []
    assert sorted(bills) == sorted(printed)
    assert set(printed) == {f"FB1{code}-26-{number:07}" for code in "AB" for number in range(1, 11)}
    assert sorted(bills.values()) == [Decimal("28.00")] * 10 + [Decimal("168.00")] * 10


def test_the_cart_comes_along_when_the_line_breaks_and_goes_back_when_it_is_there_again(
    committed_shop: Shop, tills: Tills, shelf: Shelf
) -> None:
    till = tills()
    till.visitor.type("2*").scan(shelf.code(shelf.dal)).sees("₹336.00", "#total")
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar").sees("₹364.00", "#total")
    till.visitor.sees("goes on at shelf prices", "#notice").type("tomato").sees("Tomato (loose)", "#found")
    till.visitor.is_accessible().shoots("offline-search").press("ArrowDown", "Enter").sees("How much is it?", "#sheet")
    till.visitor.is_accessible().type("0.755").press("Enter").sees("₹394.20", "#total").press("-").sees(
        "₹364.00", "#total"
    )
    till.visitor.is_accessible().shoots("offline-cart", "1366x768", "390x844").shoots("offline-cart", scheme="dark")
    till.line.is_cut = False
    till.visitor.do(lambda page: page.reload())

    till.visitor.sees("online", "[data-online-word]").sees("₹364.00", "#total").sees("Toor dal", "#cart")
    till.visitor.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert Bill.objects.get().total == Decimal("364.00")
        assert Cart.objects.filter(state=Cart.State.ACTIVE, lines__len__gt=0).count() == 0


def test_what_was_being_rung_up_and_is_paid_off_line_is_rung_up_no_more(tills: Tills, shelf: Shelf) -> None:
    till = tills()
    till.visitor.scan(shelf.code(shelf.dal)).sees("₹168.00", "#total")
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("₹196.00", "#total").press("F9")
    till.visitor.sees("Reference of the payment", "#sheet").is_accessible().shoots("offline-upi").type("T2411")
    till.visitor.press("Enter").sees("Paid:", "#sheet").is_accessible().shoots("offline-paid", "1366x768", "390x844")
    till.visitor.do(lambda page: page.emulate_media(media="print"))
    till.visitor.sees("FB1A-26-0000001", "#receipt").sees("CGST", "#receipt").sees("₹196.00", "#receipt")
    till.visitor.sees_no("#sheet").shoots("offline-receipt")
    till.visitor.do(lambda page: page.emulate_media(media="screen"))
    till.visitor.press("Enter", "F3").sees("FB1A-26-0000001", "#sheet").is_accessible().shoots("offline-waiting")
    till.visitor.press("Enter")
    till.is_back().visitor.sees("Ready for the next customer")

    with transaction.atomic():
        (payment,) = Payment.objects.all()
    assert (payment.method, payment.reference, payment.amount) == ("upi", "T2411", Decimal("196.00"))


def test_whether_a_payment_was_taken_is_not_guessed(tills: Tills, line: Line, shelf: Shelf) -> None:
    till = tills()
    till.visitor.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F8").sees("Cash received")
    line.losing, line.lost, line.breaks = "/pay/", 1, True
    till.visitor.press("Enter").sees("broke while a payment was on its way", "#notice").sees("₹0.00", "#total")
    till.visitor.is_accessible().shoots("offline-unsure")
    till.is_back().visitor.sees("Ready for the next customer")

    with transaction.atomic():
        assert Bill.objects.get().number == "B1A-26-0000001"


def test_a_bill_that_cannot_be_taken_holds_up_no_other_and_is_left_to_the_owner(
    tills: Tills, line: Line, shelf: Shelf
) -> None:
    till = tills()
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar").sees("₹28.00", "#total")
    till.visitor.press("Shift+Delete").press("Enter").sees("Ready for the next customer").has_focus_on("#code")
    for _sale in range(2):
        till.sells(shelf.code(shelf.milk), "₹28.00")
    till.visitor.do(lambda page: page.evaluate(SPOILED, till.database))
    till.comes_on()

    till.visitor.sees("cannot keep its number: a bill before it is missing", "#outbox").is_accessible()
    till.visitor.shoots("offline-gap").do(lambda page: page.get_by_role("button", name="Send under a new").click())
    till.visitor.sees("Bill FB1A-26-0000001 was refused", "#outbox").is_accessible().shoots("offline-refused")
    till.visitor.do(lambda page: page.get_by_role("button", name="Leave it to the owner").click())
    till.visitor.sees("FB1A-26-0000002 is in the books as B1A-26-0000001", "#outbox")
    assert till.waiting() == 0
    with transaction.atomic():
        assert Bill.objects.get().printed_number == "FB1A-26-0000002"
        assert AuditEntry.objects.get(action="offline.refused").data["content"]["sequence"] == 1


def test_two_windows_use_no_number_twice_and_send_each_bill_once(
    committed_shop: Shop, tills: Tills, line: Line, shelf: Shelf
) -> None:
    first = tills()
    second = replace(first, visitor=first.visitor.opens_another())
    second.learns()
    numbers = []
    for till in (first, second):
        till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar")
        till.visitor.sees("₹28.00", "#total").press("F8").sees("Cash received", "#sheet").press("Enter")
        numbers.append(till.visitor.sees("Paid:", "#sheet").text("#sheet-title").removeprefix("Paid: "))
        till.visitor.press("Enter").has_focus_on("#code")
    line.passed.clear()
    for till in (first, second):
        till.is_back()

    assert numbers == ["FB1A-26-0000001", "FB1A-26-0000002"]
    assert [path for _method, path in line.passed if path.endswith("/bills/")] == [f"{first.path}offline/bills/"] * 2
    with transaction.atomic():
        assert sorted(Bill.objects.values_list("number", flat=True)) == numbers


def test_nobody_signs_out_or_closes_the_shift_while_bills_wait_and_afterwards_nothing_is_left(
    tills: Tills, line: Line, shelf: Shelf
) -> None:
    till = tills()
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar").sees("₹28.00", "#total")
    till.visitor.press("F8").sees("Cash received", "#sheet").press("Enter").sees("Paid:", "#sheet")
    line.losing, line.lost, line.is_cut = "/offline/bills/", 1000, False
    with transaction.atomic():
        assert not Bill.objects.exists()
    till.visitor.open(f"{till.path}close/").sees("1 bill waits", "#waiting")
    till.visitor.do(lambda page: page.locator("form[data-count] button").click())
    till.visitor.sees("Bills are waiting to be sent", "[data-unsent-said]").is_accessible().shoots(
        "offline-close-refused"
    )
    till.visitor.do(lambda page: page.locator(".menu summary").last.click())
    till.visitor.do(lambda page: page.get_by_role("button", name="Sign out").click())
    till.visitor.sees("Bills are waiting on this device", "[data-sign-out]")
    assert till.waiting() == 1

    line.lost = 0
    till.visitor.open(till.path)
    till.is_back().visitor.do(lambda page: page.locator(".menu summary").last.click())
    till.visitor.do(lambda page: page.get_by_role("button", name="Sign out").click())
    till.visitor.sees("Sign in", "h1")
    left = """async () => [(await indexedDB.databases()).length, (await caches.keys()).length,
                           (await navigator.serviceWorker.getRegistrations()).length]"""
    assert till.visitor.do(lambda page: page.evaluate(left)) == [0, 0, 0]
    with transaction.atomic():
        assert Bill.objects.get().number == "FB1A-26-0000001"


def test_bills_wait_until_somebody_signs_in_again(tills: Tills, line: Line, shelf: Shelf, cashier: User) -> None:
    till = tills()
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar").sees("₹28.00", "#total")
    till.visitor.press("F8").sees("Cash received", "#sheet").press("Enter").sees("Paid:", "#sheet").press("Enter")
    till.visitor.do(lambda page: page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME))
    till.comes_on()
    till.visitor.sees("Somebody must sign in", "#outbox").is_accessible().shoots("offline-sign-in")
    assert till.waiting() == 1

    till.visitor.signed_in_as(cashier)
    till.is_back()
    with transaction.atomic():
        assert Bill.objects.get().number == "FB1A-26-0000001"


def test_a_second_device_with_the_same_pairing_is_told_and_both_sales_are_kept(
    committed_shop: Shop, tills: Tills, shelf: Shelf
) -> None:
    shop, till = committed_shop, tills()
    till.goes_off().visitor.scan(shelf.code(shelf.milk)).sees("no connection", ".till-bar").sees("₹28.00", "#total")
    till.visitor.press("F8").sees("Cash received", "#sheet").press("Enter").sees("Paid:", "#sheet").press("Enter")
    with transaction.atomic():
        device = RegisterDevice.objects.get(register=shop.register, revoked_at=None)
        sale = shop.sale(sold(shelf.salt), offline=Offline(device, 1), occurred_at=timezone.now())
        checkout(sale, actor=shop.actor, at=timezone.now())
    till.comes_on()

    till.visitor.sees("Bill FB1A-26-0000001 is in the books as B1A-26-0000001", "#outbox")
    till.visitor.is_accessible().shoots("offline-cloned")
    till.visitor.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F8").sees("Cash received", "#sheet")
    till.visitor.press("Enter").sees("A manager must pair it anew", "#notice")
    with transaction.atomic():
        assert Bill.objects.count() == 2
        assert RegisterDevice.objects.get(pk=device.pk).revoked_at is not None


def test_the_till_stays_under_a_hundred_kilobytes(till: Visitor) -> None:
    asked = """() => performance.getEntries().filter((each) => ["navigation", "resource"].includes(each.entryType))
      .map((each) => each.name).filter((name) => !name.includes("/fonts/"))"""
    addresses = till.do(lambda page: page.evaluate(asked))
    sizes = {at: len(compress(till.do(lambda page, at=at: page.request.get(at).body()))) for at in addresses}

    assert sum(sizes.values()) < 100_000, sizes
