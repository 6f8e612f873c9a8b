"""What a cashier does besides scanning and taking cash, with the keyboard alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core import mail
from django.db import transaction

from billing.links import paper_address
from billing.models import Approval, Bill, BillMessage, Cart, CreditNote, Payment
from billing.operations.sending import deliver
from billing.sale import Buyer
from catalog.models import Product, Promotion
from catalog.operations.coupons import CouponInput, save_coupons
from catalog.operations.promotions import save_promotion
from customers.models import StoredValue
from inventory.models import Lot
from inventory.queries.levels import lots_on_hand
from tests.browser.shelf import Shelf
from tests.browser.test_a_manager_says_yes import manager_of
from tests.browser.visitor import Visitor
from tests.shop import NOON, Shop, line

LAKSHMI = Buyer(phone="+919812345678", name="Lakshmi")


def sold_to_lakshmi(shop: Shop, shelf: Shelf) -> Bill:
    with transaction.atomic():
        return shop.sell(line(shelf.dal, "2"), buyer=LAKSHMI).bill


def approve(till: Visitor, email: str) -> Visitor:
    till.sees("E-mail of the manager", "#sheet")
    return till.type("known").press("Tab").type(email).press("Tab").type("secret-password").press("Enter")


def test_a_line_is_discounted_taken_out_and_the_cart_dropped(shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.dal)).scan(shelf.code(shelf.salt)).sees("₹192.00", "#total")
    till.press("ArrowUp", "Alt+5").sees("Percentage or amount", "#sheet").type("8").press("Enter")
    till.sees("₹184.00", "#total").has_focus_on("#code").sees("Discount", '.line:has-text("Toor dal") .line-reason')

    till.press("ArrowDown", "Delete").sees("₹160.00", "#total").press("Shift+Delete").sees("Drop the whole cart?")
    till.is_accessible().press("Escape").sees("₹160.00", "#total").press("Shift+Delete").press("Enter")
    till.sees("Ready for the next customer").has_focus_on("#code")
    with transaction.atomic():
        assert set(Cart.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_coupon_takes_its_part_off(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    with transaction.atomic():
        week = Promotion(kind="percent", percent=Decimal(10), name="Diwali week", needs_coupon=True)
        save_promotion(week, org=committed_shop.org, targets=[], actor=committed_shop.actor, at=NOON)
        save_coupons(week, [CouponInput("DIWALI", 1)], actor=committed_shop.actor, at=NOON)
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F6").sees("Coupon", "#sheet")
    till.press("Tab", "Tab", "Tab").type("diwali").press("Enter").sees("₹25.20", "#total").sees("Diwali week", "#cart")

    till.has_focus_on("#code").press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert Bill.objects.get().total == Decimal("25.20")


def test_a_customer_pays_by_upi(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    with transaction.atomic():
        committed_shop.store.upi_id = "shop@okbank"
        committed_shop.store.save()
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("F9").sees("pays to shop@okbank", "#sheet")
    assert till.do(lambda page: page.locator(".pay-code svg").count()) == 1
    till.is_accessible_everywhere().shoots("till-upi", "1366x768", "390x844").type("T2411290001").press("Enter")

    till.sees("is paid", "#sheet").press("Enter").has_focus_on("#code")
    with transaction.atomic():
        paid = Payment.objects.get()
        assert (paid.method, paid.amount, paid.reference) == ("upi", Decimal("28.00"), "T2411290001")


def test_a_known_customer_pays_with_store_credit(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    sold_to_lakshmi(committed_shop, shelf)
    till.press("F3").sees("Bills", "#sheet").press("1").sees("Number, its end", "#sheet").type("1").press("Enter")
    till.sees("Print again", "#sheet").press("2").sees("Can come back", "#sheet").type("1").tabs_to("#why").type("sour")
    till.tabs_to("#refund").press("s").tabs_to("button.is-main").press("Enter").sees("Credit note", "#sheet").sees(
        "Store credit", "#sheet"
    ).is_accessible()
    with transaction.atomic():
        code = StoredValue.objects.get().code
    till.sees(code, "#sheet").press("Enter").has_focus_on("#code")

    till.press("F7").sees("A known customer is found").type("98123").sees("Lakshmi", "#customers-found")
    till.is_accessible().press("Tab", "Enter").has_focus_on("#code").sees("Store credit ₹168.00", ".side-customer")
    till.sees("₹336.00", ".side-customer").scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").is_accessible()
    till.shoots("till-customer-known").press("F11").sees("Takes what the others leave", "#sheet")
    till.do(lambda page: page.get_by_label("Store credit", exact=True).focus())
    till.type("24").press("Tab").type(code).press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert Payment.objects.filter(method="store_credit").get().amount == Decimal("24.00")
        assert StoredValue.objects.get().balance == Decimal("144.00")


def test_goods_are_exchanged_with_keys(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    bill = sold_to_lakshmi(committed_shop, shelf)
    with transaction.atomic():
        code = paper_address(committed_shop.org.pk, bill.pk)
    till.scan(shelf.code(shelf.detergent)).sees("₹142.00", "#total").scan(code).sees(bill.number, "#sheet")
    till.press("2").sees("Can come back", "#sheet").type("1").tabs_to("#why").type("rather soap")
    till.tabs_to("#refund").press("e").tabs_to("button.is-main").press("Enter").sees(
        "over ₹142.00 is paid with it", "#sheet"
    ).sees("₹26.00", "#sheet")

    till.press("Enter").sees("Ready for the next customer").has_focus_on("#code")
    with transaction.atomic():
        assert CreditNote.objects.get().total == Decimal("168.00")


def test_a_bill_is_voided_after_a_managers_yes(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    email, bill = manager_of(committed_shop), sold_to_lakshmi(committed_shop, shelf)
    till.press("F3").sees("Bills", "#sheet").press("1").sees("Number, its end", "#sheet").type(bill.number)
    till.press("Enter").sees("Print again", "#sheet").press("2").sees("Can come back", "#sheet").tabs_to("#why")
    till.type("rung up twice").tabs_to("[name=is_void]").press("Space", "Enter")
    approve(till, email).sees("Credit note", "#sheet").sees("₹336.00", "#sheet")

    with transaction.atomic():
        note = CreditNote.objects.get()
        assert (note.bill, note.total, note.kind) == (bill, bill.total, "void")
        assert committed_shop.on_hand(shelf.dal) == Decimal("20.000")


def test_the_drawer_opens_after_a_managers_yes(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    email = manager_of(committed_shop)
    till.press("F3").sees("Bills", "#sheet").press("3").sees("a manager is asked", "#sheet").is_accessible()
    till.type("coins for the neighbour").press("Enter")
    approve(till, email).sees("The drawer may be opened", "#sheet").is_accessible().press("Enter")

    till.has_focus_on("#code")
    with transaction.atomic():
        assert Approval.objects.get().reason == "known"


def test_a_bill_goes_out_by_mail_and_by_whatsapp(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    till.scan(shelf.code(shelf.salt)).sees("₹24.00", "#total").press("F8").sees("Cash received").press("Enter")
    till.sees("is paid", "#sheet").press("Alt+e").sees("E-mail or phone", "#sheet").is_accessible().shoots("till-send")
    till.do(lambda page: page.get_by_label("E-mail or phone").focus())
    till.type("lakshmi@example.com").press("Tab", "Enter").sees("On its way to lakshmi@example.com.", "#sheet")
    with transaction.atomic():
        message, bill = BillMessage.objects.get(), Bill.objects.get()
        deliver(message.pk)
        (letter,) = mail.outbox
        assert letter.to == ["lakshmi@example.com"]
        assert [name for name, _content, _type in letter.attachments] == [f"{bill.number}.pdf"]

    till.do(lambda page: page.get_by_label("E-mail or phone").fill("9812345678"))
    till.press("Tab", "Tab", "Enter").sees("Open WhatsApp with the link", "#sheet").is_accessible()
    address = till.do(lambda page: page.get_by_role("link", name="Open WhatsApp").get_attribute("href"))
    assert address.startswith("https://wa.me/919812345678?text=")
    till.press("Escape").has_focus_on("#code")


def test_the_lot_on_the_pack_is_typed_in(committed_shop: Shop, shelf: Shelf, till: Visitor) -> None:
    with transaction.atomic():
        Product.objects.filter(pk=shelf.milk.pk).update(tracks_lots=True)
        lot = Lot.objects.create(product=shelf.milk, code="M42", expires_on=date(2030, 12, 31))
        committed_shop.stock(shelf.milk, "5", lot=lot.pk)
    till.scan(shelf.code(shelf.milk)).sees("₹28.00", "#total").press("Alt+l").sees("Lot on the pack", "#sheet")
    till.is_accessible_everywhere().shoots("till-lot", "1366x768", "390x844").type("M42").press("Tab")
    till.has_focus_on("#expires").do(lambda page: page.keyboard.press("ArrowUp"))
    till.do(lambda page: page.locator("#expires").fill("2030-12-31"))
    till.press("Enter").has_focus_on("#code").sees("31 Dec 2030", "#cart").sees("M42", "#cart").is_accessible()

    till.press("F10").sees("Approval code").press("Enter").sees("is paid", "#sheet")
    with transaction.atomic():
        assert [str(level.on_hand) for level in lots_on_hand([shelf.milk.pk], committed_shop.store.pk)] == ["4.000"]
