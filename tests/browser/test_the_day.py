"""What happens at a till besides selling."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from billing.models import Bill, CashMovement, CreditNote, Shift
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from pantrypal.core.access import Role
from pantrypal.core.models import Membership, User
from pantrypal.core.money import ZERO
from pantrypal.core.operations.pins import set_pin
from tests.browser.shelf import Shelf
from tests.browser.visitor import Visitor
from tests.shop import NOON, Shop, line

Visit = Callable[..., Visitor]


def sell_two_dal(shop: Shop, shelf: Shelf) -> Bill:
    with transaction.atomic():
        return shop.sell(line(shelf.dal, "2")).bill


def test_a_held_cart_is_taken_up_at_another_register(
    committed_shop: Shop, shelf: Shelf, till: Visitor, cashier: User, visitor: Visit
) -> None:
    with transaction.atomic():
        terms = {"actor": committed_shop.actor, "at": NOON}
        counter_b = create_register(store=committed_shop.store, code="B", name="Counter B", **terms)
        open_shift(register=counter_b, store=committed_shop.store, opening_float=ZERO, **terms)
    till.scan(shelf.code(shelf.salt)).sees("Salt", "#cart")
    till.press("F4").sees("how will you know it").is_accessible().type("Blue shirt").press("Enter")
    till.sees("Ready for the next customer").sees("1 held")

    other = visitor().signed_in_as(cashier).open(f"/{committed_shop.org.slug}/till/{counter_b.pk}/")
    other.press("F5").sees("Blue shirt", "#sheet").is_accessible().shoots("till-held")
    other.press("Enter").sees("₹24.00", "#total").sees("0 held")
    other.press("F8").sees("Cash received").press("Enter").sees("Bill B1B-26-0000001 is paid")


def test_goods_come_back_by_the_end_of_the_bills_number(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    bill = sell_two_dal(committed_shop, shelf)
    till.press("F3").sees("Bills", "#sheet").is_accessible().shoots("till-more")
    till.press("1").sees("Number, its end", "#sheet").is_accessible().shoots("till-bills")
    till.do(lambda page: page.get_by_role("button", name=bill.number).focus())
    till.press("Enter").sees("Print again", "#sheet").is_accessible().shoots("till-bill")
    till.press("2").sees("Can come back", "#sheet").is_accessible().shoots("till-return")

    till.type("1").press("Tab").press("Tab").type("stones in it").press("Enter")
    till.sees("Credit note", "#sheet").sees("₹168.00", "#sheet").is_accessible().shoots("till-returned")
    with transaction.atomic():
        note = CreditNote.objects.get()
        assert (note.bill, note.total, note.reason) == (bill, Decimal("168.00"), "stones in it")
        assert committed_shop.on_hand(shelf.dal) == Decimal("19.000")


def test_goods_are_exchanged_for_what_lies_in_the_cart(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    bill = sell_two_dal(committed_shop, shelf)
    till.scan(shelf.code(shelf.detergent)).sees("Detergent", "#cart")
    till.do(
        lambda page: page.evaluate(f"document.querySelector('#held').dataset.sheet += '../bills/{bill.pk}/return/'")
    )
    till.press("F5").sees("Can come back", "#sheet").type("1")
    till.do(lambda page: page.get_by_label("Reason").fill("rather soap"))
    till.do(lambda page: page.get_by_label("Given back").select_option("exchange"))
    till.press("Enter")

    till.sees("Given back: Cash", "#sheet").sees("₹26.00", "#sheet").sees("over ₹142.00 is paid with it", "#sheet")
    till.press("Enter").sees("Ready for the next customer")


def test_cash_is_moved_and_the_drawer_counted_blind(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    sell_two_dal(committed_shop, shelf)
    till.press("F3").sees("Bills", "#sheet").press("2").sees("Write it down").is_accessible().shoots("till-cash")
    till.type("100").press("Tab").type("change from the bank").press("Enter").has_focus_on("#code")
    till.press("F3").sees("Bills", "#sheet").press("4").sees("Net sales", "#sheet").is_accessible().shoots("till-x")
    assert "should be there" not in till.text("#sheet")

    till.press("Escape", "F3").sees("Bills", "#sheet").press("5").sees("Count the drawer").is_accessible()
    till.type("1").press("Enter").type("2").press("Enter").sees("₹900.00", "tfoot").shoots("close-shift")
    for _row in range(8):
        till.press("Enter")
    till.press("Enter").sees("Z report 1").sees("₹36.00 short").is_accessible().shoots("z-report")
    with transaction.atomic():
        shift = Shift.objects.get()
        assert (shift.counted_cash, shift.expected_cash) == (Decimal("900.00"), Decimal("936.00"))
        assert CashMovement.objects.get().reason == "change from the bank"


def test_the_next_cashier_takes_over_with_a_pin(committed_shop: Shop, shelf: Shelf, visitor: Visit) -> None:
    with transaction.atomic():
        member = Membership.objects.get(user=committed_shop.member(Role.CASHIER), org=committed_shop.org)
        set_pin(member=member, pin="2580", actor=committed_shop.actor, at=NOON)
    till = visitor().signed_in_as(committed_shop.owner)
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/pair/").is_accessible().shoots("pair")
    till.type("PC at counter A").press("Enter").has_focus_on("#code").scan(shelf.code(shelf.milk)).sees("Milk", "#cart")

    till.press("F3").sees("Lock the till", "#sheet").press("7").sees("Who is at the till?").is_accessible().shoots(
        "lock"
    )
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/").sees("Who is at the till?")
    till.type("1111").press("Enter").sees("This PIN is not right.")
    till.do(lambda page: page.get_by_label("PIN").fill("2580"))
    till.press("Enter").has_focus_on("#code").sees("₹28.00", "#total")
    till.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert Bill.objects.get().cashier == member.user.name


def test_a_label_is_read_without_selling_it(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.open(f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/tester/")
    code = shelf.code(shelf.dal).zfill(14)
    till.scan(f"(01){code}(10)A1(17)301231").sees("sells 1 pc of Toor dal 1 kg").sees("31 Dec 2030").sees("A1")
    till.is_accessible().shoots("scan-tester")
