"""Bills, shifts and registers in the back office: read with every figure, changed where settings are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import Approval, ApprovalKind, CashMovement, CreditNote, Register, Shift, ZReport
from billing.operations.approvals import Question, give_approval
from billing.operations.cash import move_cash
from billing.operations.offline_sales import take_offline_sale
from billing.operations.returns import take_goods_back
from billing.operations.shifts import close_shift
from billing.queries import PostedBill
from billing.return_request import ReturnRequest
from billing.sale import Buyer, Printed, Tender
from customers.models import Customer
from pantrypal.core.access import Role
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line

ADMIN = "/asha/admin/"
BUYER = Buyer(phone="+919812345678", name="Lakshmi <b>Rao</b>")


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk = shop.product("Milk 1 l", price="63.00", hsn="0401", tracks_stock=False)
    return shop.sell(line(milk, "2"), payments=(Tender("upi", reference="T24"),), buyer=BUYER)


def page(till: Client, path: str, **query: str) -> str:
    answer = till.get(f"{ADMIN}{path}", query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_bill_is_shown_with_lines_payments_taxes_and_buyer(shop: Shop, till: Client, sold: PostedBill) -> None:
    shown = page(till, f"billing/bill/{sold.bill.pk}/change/")

    for text in ("B1A-25-0000001", "Milk 1 l", "0401", "₹126.00", "CGST 2.5 %", "₹3.00", "T24", "+919812345678"):
        assert text in shown
    assert "Lakshmi &lt;b&gt;Rao&lt;/b&gt;" in shown
    assert 'name="_save"' not in shown


@pytest.mark.parametrize("text", ["B1A-25-0000001", "b1a-25-0000001", "98123 45678"])
def test_a_bill_is_found_by_its_number_and_its_buyers_phone(
    shop: Shop, till: Client, sold: PostedBill, text: str
) -> None:
    assert "B1A-25-0000001" in page(till, "billing/bill/", q=text)
    assert "B1A-25-0000001" not in page(till, "billing/bill/", q="B1A-25-0000002")


def test_a_bill_names_what_came_back_of_it(shop: Shop, till: Client, sold: PostedBill) -> None:
    asked = ReturnRequest(uuid7(), sold.bill, shop.store, shop.register, "broken")
    note = take_goods_back(asked, actor=shop.actor, at=NOON).note

    assert note.number in page(till, "billing/bill/")
    assert f"/creditnote/{note.pk}/" in page(till, f"billing/bill/{sold.bill.pk}/change/")
    assert sold.bill.number in page(till, "billing/creditnote/")
    assert "broken" in page(till, f"billing/creditnote/{note.pk}/change/")


def test_an_open_shift_does_not_tell_what_must_lie_in_the_drawer(shop: Shop, till: Client, sold: PostedBill) -> None:
    shown = page(till, f"billing/shift/{shop.shift.pk}/change/")

    assert "₹126.00" in shown
    assert "₹626.00" not in shown


def test_a_closed_shift_says_by_how_much_it_is_short(shop: Shop, till: Client, sold: PostedBill) -> None:
    counted = {"denominations": {"200": 2, "10": 9}}
    close_shift(shift=shop.shift, counted_cash=Decimal("490.00"), actor=shop.actor, at=NOON, **counted)

    assert "₹10.00 short" in page(till, "billing/shift/", state="off")
    report = ZReport.objects.get()
    shown = page(till, f"billing/zreport/{report.pk}/change/")
    assert "200 × 2" in shown
    assert "₹126.00" in shown
    assert "Z 1" in page(till, "billing/zreport/")


def test_approvals_and_cash_movements_are_listed_for_the_owner(shop: Shop, till: Client) -> None:
    question = Question(ApprovalKind.DISCOUNT, uuid7(), shop.store, "old stock", Decimal("40.00"))
    give_approval(question, asked_by=shop.actor_as(Role.CASHIER), approver=shop.actor, at=NOON)
    values: dict[str, Any] = {"shift": shop.shift, "store": shop.store, "actor": shop.actor, "at": NOON}
    move_cash(kind=CashMovement.Kind.CASH_OUT, amount=Decimal("20.00"), reason="tea", **values)

    assert "old stock" in page(till, "billing/approval/")
    assert "tea" in page(till, "billing/cashmovement/")
    page(till, f"billing/approval/{Approval.objects.get().pk}/change/")
    page(till, f"billing/cashmovement/{CashMovement.objects.get().pk}/change/")


def test_a_customer_leads_to_their_bills(shop: Shop, till: Client, sold: PostedBill) -> None:
    customer = Customer.objects.get()

    shown = page(till, "customers/customer/", q="9812345678")

    assert "1 bill" in shown
    assert f"customer__id__exact={customer.pk}" in shown
    assert "B1A-25-0000001" in page(till, "billing/bill/", customer__id__exact=str(customer.pk))


def test_the_home_page_shows_the_days_sales_and_the_open_drawers(shop: Shop, till: Client) -> None:
    shop.sell(line(shop.product(price="63.00", tracks_stock=False)), at=timezone.now())

    shown = page(till, "")

    assert "₹63.00" in shown
    assert "Counter A" in shown


def register_form(**values: Any) -> dict[str, Any]:
    usual = {"name": "Counter B", "kind": "till", "paper": "58", "code_page": "cp858", "opens_drawer": "on"}
    return usual | values


def test_a_manager_adds_a_register_and_sets_its_printer(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.STORE_MANAGER))

    answer = client.post(f"{ADMIN}billing/register/add/", register_form(store_id=str(shop.store.pk), code="B"))

    assert answer.status_code == 302
    made = Register.objects.get(code="B")
    assert (made.store_id, made.paper, made.code_page, made.opens_drawer) == (shop.store.pk, 58, "cp858", True)
    client.post(f"{ADMIN}billing/register/{made.pk}/change/", register_form(paper="80", opens_drawer=""))
    made.refresh_from_db()
    assert (made.code, made.paper, made.opens_drawer) == ("B", 80, False)
    assert AuditEntry.objects.get(action="register.changed").data["new"]["paper"] == 80


def test_an_open_shift_keeps_its_register_in_use(shop: Shop, till: Client) -> None:
    chosen = {"action": "archive", "_selected_action": [str(shop.register.pk)]}

    answer = till.post(f"{ADMIN}billing/register/", chosen, follow=True)

    assert "Please close the shift of Counter A first." in answer.content.decode()
    shop.register.refresh_from_db()
    assert shop.register.archived_at is None


def test_the_owner_sets_to_what_bills_are_rounded(shop: Shop, till: Client) -> None:
    path = f"{ADMIN}core/store/{shop.store.pk}/change/"
    form = {"name": "Koramangala", "time_zone": "Asia/Kolkata", "day_cutoff": "04:00", "stock_policy": "block"}
    form |= {"receipt_language": "en"}

    answer = till.post(path, form | {"rounding_step": "1.00", "state_code": "29", "upi_id": "asha@okbank"})

    assert answer.status_code == 302, answer.content.decode()
    shop.store.refresh_from_db()
    assert (shop.store.rounding_step, shop.store.upi_id) == (Decimal("1.00"), "asha@okbank")


@pytest.mark.parametrize("model", ["bill", "creditnote", "shift", "zreport", "approval", "cashmovement"])
def test_what_was_posted_is_changed_by_nobody(shop: Shop, till: Client, sold: PostedBill, model: str) -> None:
    rows = {"bill": sold.bill, "shift": shop.shift}
    assert till.get(f"{ADMIN}billing/{model}/add/").status_code == 403
    if row := rows.get(model):
        assert till.post(f"{ADMIN}billing/{model}/{row.pk}/change/", {"total": "1"}).status_code == 403
        assert till.post(f"{ADMIN}billing/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Shift.objects.count() == 1
    assert not CreditNote.objects.exists()


def test_what_was_sold_off_line_at_other_prices_is_found_and_said(shop: Shop, till: Client) -> None:
    milk = shop.product("Milk", price="63.00", tracks_stock=False)
    printed = Printed(price=Decimal("60.00"), rate=Decimal("5"), cess=ZERO)
    at = timezone.now()
    sale = shop.sale(line(milk, printed=printed), occurred_at=at, expected_total=Decimal("60.00"))
    bill = take_offline_sale(sale, actor=shop.actor, at=at).posted.bill
    other = shop.sell(line(milk), at=at).bill

    listed = page(till, "billing/bill/", look_at="paper")

    assert bill.number in listed
    assert other.number not in listed
    assert "Milk: 60.00 on paper, 63.00 in the catalog" in page(till, f"billing/bill/{bill.pk}/change/")
