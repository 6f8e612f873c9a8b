from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import ApprovalKind, Bill, CreditNote, DocumentSeries, Refund, ShiftTally
from billing.operations.approvals import Question, give_approval
from billing.operations.returns import take_goods_back
from billing.operations.shifts import close_shift
from billing.queries import PostedBill, PostedCreditNote
from billing.refusals import (
    ApprovalRequired,
    BillIdReused,
    InsufficientStoredValue,
    NothingToReturn,
    RefundMismatch,
    ShiftNotOpen,
)
from billing.reports.shifts import shift_figures
from billing.return_request import RefundTender, ReturnLine, ReturnRequest
from billing.sale import Buyer, Tender
from customers.models import StoredValue
from customers.operations.stored_value import UnknownCode
from inventory.models import Lot, StockLevel, StockMove
from pantrypal.core.access import Role
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once


def asked(shop: Shop, posted: PostedBill, *lines: ReturnLine, **values: object) -> ReturnRequest:
    values = {"id": uuid7(), "register": shop.register, "reason": "does not fit"} | values
    return ReturnRequest(bill=posted.bill, store=shop.store, lines=lines, **values)


def take_back(shop: Shop, posted: PostedBill, *lines: ReturnLine, **values: object) -> PostedCreditNote:
    actor = values.pop("actor", shop.actor)
    with transaction.atomic():
        return take_goods_back(asked(shop, posted, *lines, **values), actor=actor, at=NOON)


def of(posted: PostedBill, quantity: str, position: int = 0, disposition: str = "restock") -> ReturnLine:
    return ReturnLine(posted.lines[position].pk, Decimal(quantity), disposition)


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk, soap = shop.product("Milk", price="63.00", rate="5"), shop.product("Soap", price="45.50", rate="18")
    shop.stock(milk, "10")
    shop.stock(soap, "10")
    return shop.sell(line(milk, "3"), line(soap, "2"))


def test_a_return_gives_back_money_tax_and_goods(shop: Shop, sold: PostedBill) -> None:
    back = take_back(shop, sold, of(sold, "1"))

    note = CreditNote.objects.get()
    assert note.number == "CB1A-25-0000001"
    assert (note.taxable, note.tax, note.total) == (Decimal("60.00"), Decimal("3.00"), Decimal("63.00"))
    assert note.bill == sold.bill
    assert Refund.objects.get().method == "cash"
    assert shop.on_hand(sold.lines[0].product) == Decimal("8.000")
    assert back.lines[0].cost == Decimal("40")
    figures = shift_figures(shop.shift)
    assert (figures.returns.amount, figures.refunds["cash"].amount) == (Decimal("63.00"), Decimal("63.00"))
    assert figures.expected_cash == Decimal("500.00") + sold.bill.total - Decimal("63.00")


def test_everything_comes_back_when_no_line_is_named(shop: Shop, sold: PostedBill) -> None:
    take_back(shop, sold, of(sold, "1"))
    rest = take_back(shop, sold)

    assert [returned.quantity for returned in rest.lines] == [Decimal("2.000"), Decimal("2.000")]
    assert sum(CreditNote.objects.values_list("total", flat=True)) == sold.bill.total
    with pytest.raises(NothingToReturn, match="has been returned already"):
        take_back(shop, sold)


def test_more_than_was_sold_never_comes_back(shop: Shop, sold: PostedBill) -> None:
    take_back(shop, sold, of(sold, "2"))

    with pytest.raises(NothingToReturn, match="Only 1 of Milk can still be returned."):
        take_back(shop, sold, of(sold, "2"))

    assert CreditNote.objects.count() == 1


@pytest.mark.parametrize("quantity", ["0", "-1", "0.5", "NaN", "1.0001"])
def test_an_unsound_quantity_is_refused(shop: Shop, sold: PostedBill, quantity: str) -> None:
    with pytest.raises(Invalid):
        take_back(shop, sold, of(sold, quantity))


def test_a_return_sent_again_is_made_once(shop: Shop, sold: PostedBill) -> None:
    note_id = uuid7()
    first = take_back(shop, sold, of(sold, "1"), id=note_id)
    again = take_back(shop, sold, of(sold, "1"), id=note_id)

    assert again.is_repeat
    assert again.note.number == first.note.number
    with pytest.raises(BillIdReused):
        take_back(shop, sold, of(sold, "2"), id=note_id)


def test_goods_come_back_into_the_lot_they_were_sold_from(shop: Shop) -> None:
    milk = shop.product("Milk", tracks_lots=True)
    first = Lot.objects.create(product=milk, code="A", expires_on="2026-03-10")
    second = Lot.objects.create(product=milk, code="B", expires_on="2026-04-10")
    shop.stock(milk, "2", lot=first.pk, cost="40")
    shop.stock(milk, "5", lot=second.pk, cost="42")
    posted = shop.sell(line(milk, "3"))

    take_back(shop, posted, of(posted, "1"))
    take_back(shop, posted, of(posted, "2"))

    assert {level.lot.code: level.on_hand for level in StockLevel.objects.select_related("lot")} == {
        "A": Decimal("2.000"),
        "B": Decimal("5.000"),
    }


def test_spoilt_goods_come_back_and_are_written_off_at_their_cost(shop: Shop, sold: PostedBill) -> None:
    take_back(shop, sold, of(sold, "1", disposition="damaged"))

    moves = StockMove.objects.exclude(kind__in=["opening", "sale"]).order_by("id")
    assert [(move.kind, move.quantity, move.unit_cost) for move in moves] == [
        ("return", Decimal("1.000"), Decimal("40.0000")),
        ("damage", Decimal("-1.000"), Decimal("40.0000")),
    ]
    assert shop.on_hand(sold.lines[0].product) == Decimal("7.000")


def test_a_return_gives_back_the_tax_of_the_day_of_the_sale(shop: Shop, sold: PostedBill) -> None:
    sold.lines[0].product.tax_class.rates.create(valid_from="2026-03-01", rate=Decimal("0"))

    back = take_back(shop, sold, of(sold, "3"))

    assert back.note.tax == Decimal("9.00")


def test_refunds_may_be_split_and_must_add_up(shop: Shop, sold: PostedBill) -> None:
    with pytest.raises(RefundMismatch):
        take_back(shop, sold, of(sold, "1"), refunds=(RefundTender("cash", Decimal("60.00")),))

    split = (RefundTender("cash", Decimal("60.00")), RefundTender("upi", reference="R1"))
    back = take_back(shop, sold, of(sold, "1"), refunds=split)

    assert [(refund.method, refund.amount) for refund in back.refunds] == [
        ("cash", Decimal("60.00")),
        ("upi", Decimal("3.00")),
    ]


def test_store_credit_is_issued_spent_and_gone(shop: Shop, sold: PostedBill) -> None:
    take_back(shop, sold, of(sold, "1"), refunds=(RefundTender("store_credit"),))
    credit = StoredValue.objects.get()
    assert credit.balance == Decimal("63.00")
    soap = sold.lines[1].product

    shop.sell(line(soap), payments=(Tender("store_credit", reference=credit.code.lower()),))
    credit.refresh_from_db()
    assert credit.balance == Decimal("17.50")

    with pytest.raises(InsufficientStoredValue, match="Only 17.50 is left"):
        shop.sell(line(soap), payments=(Tender("store_credit", reference=credit.code),))
    split = (Tender("store_credit", amount=Decimal("17.50"), reference=credit.code), Tender("cash"))
    shop.sell(line(soap), payments=split)
    credit.refresh_from_db()
    assert credit.balance == 0
    assert sum(credit.entries.values_list("amount", flat=True)) == 0
    with pytest.raises(UnknownCode):
        shop.sell(line(soap), payments=(Tender("store_credit", reference="AAAA-BBBB-CCCC"),))


def test_a_customers_returns_add_to_one_store_credit(shop: Shop) -> None:
    milk = shop.product(tracks_stock=False)
    posted = shop.sell(line(milk, "3"), buyer=Buyer(phone="+919812345678", name="Lakshmi"))

    for _ in range(2):
        take_back(shop, posted, of(posted, "1"), refunds=(RefundTender("store_credit"),))

    assert StoredValue.objects.get().balance == Decimal("126.00")


def test_a_cashier_needs_a_manager_to_void_a_bill(shop: Shop, sold: PostedBill) -> None:
    cashier = shop.actor_as(Role.CASHIER)
    with pytest.raises(ApprovalRequired) as refusal:
        take_back(shop, sold, is_void=True, reason="wrong customer", actor=cashier)
    assert refusal.value.data["kind"] == "void"

    question = Question(ApprovalKind.VOID, sold.bill.pk, shop.store, "wrong customer", sold.bill.total)
    approval = give_approval(question, asked_by=cashier, approver=shop.actor, at=NOON)
    voided = take_back(shop, sold, is_void=True, reason="wrong customer", actor=cashier, approval=approval.pk)

    assert voided.note.kind == "void"
    assert voided.note.total == sold.bill.total
    assert voided.note.approval == approval


def test_an_approval_is_good_for_its_own_subject_only(shop: Shop, sold: PostedBill) -> None:
    cashier = shop.actor_as(Role.CASHIER)
    question = Question(ApprovalKind.VOID, uuid7(), shop.store, "another bill", sold.bill.total)
    other = give_approval(question, asked_by=cashier, approver=shop.actor, at=NOON)

    with pytest.raises(ApprovalRequired):
        take_back(shop, sold, is_void=True, actor=cashier, approval=other.pk)


def test_money_goes_back_only_from_an_open_shift(shop: Shop, sold: PostedBill) -> None:
    close_shift(shift=shop.shift, counted_cash=ZERO, actor=shop.actor, at=NOON)

    with pytest.raises(ShiftNotOpen):
        take_back(shop, sold, of(sold, "1"))


def test_ten_refunds_of_one_line_at_once_give_it_back_once(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="63.00")
        shop.stock(milk, "10")
        posted = shop.sell(line(milk, "3"))

    answers = all_at_once(shop.org.pk, [lambda: take_back(shop, posted, of(posted, "3"))] * 10)

    assert sum(isinstance(answer, PostedCreditNote) for answer in answers) == 1
    assert sum(isinstance(answer, NothingToReturn) for answer in answers) == 9
    with transaction.atomic():
        assert sum(CreditNote.objects.values_list("total", flat=True)) == posted.bill.total
        assert shop.on_hand(milk) == Decimal("10.000")
        assert ShiftTally.objects.get(kind="returns").count == 1


def test_single_pieces_returned_at_once_add_up_and_are_numbered_without_a_gap(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="10.01", rate="18")
        shop.stock(milk, "20")
        posted = shop.sell(line(milk, "7"))

    answers = all_at_once(shop.org.pk, [lambda: take_back(shop, posted, of(posted, "1"))] * 10)

    with transaction.atomic():
        notes = CreditNote.objects.order_by("sequence")
        assert [note.sequence for note in notes] == list(range(1, 8))
        assert sum(note.total for note in notes) == posted.bill.total
        assert sum(note.tax for note in notes) == posted.bill.tax
        assert DocumentSeries.objects.get(kind="credit_note").total == posted.bill.total
    assert sum(isinstance(answer, NothingToReturn) for answer in answers) == 3


def test_a_customers_returns_at_once_add_to_one_store_credit(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="63.00", tracks_stock=False)
        bills = [shop.sell(line(milk), buyer=Buyer(phone="+919812345678", name="Lakshmi")) for _ in range(10)]
    credit = (RefundTender("store_credit"),)

    all_at_once(shop.org.pk, [lambda posted=posted: take_back(shop, posted, refunds=credit) for posted in bills])

    with transaction.atomic():
        assert StoredValue.objects.get().balance == Decimal("630.00")


def test_one_rupee_of_store_credit_is_not_spent_twice(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        sweet = shop.product("Sweet", price="1.00", tracks_stock=False)
        posted = shop.sell(line(sweet))
        take_back(shop, posted, refunds=(RefundTender("store_credit"),))
        code = StoredValue.objects.get().code
    pay = (Tender("store_credit", reference=code),)

    answers = all_at_once(shop.org.pk, [lambda: shop.sell(line(sweet), payments=pay)] * 50)

    assert sum(isinstance(answer, PostedBill) for answer in answers) == 1
    assert sum(isinstance(answer, InsufficientStoredValue) for answer in answers) == 49
    with transaction.atomic():
        assert StoredValue.objects.get().balance == 0
        assert Bill.objects.count() == 2
