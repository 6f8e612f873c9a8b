"""Exchange in one go, returns whose bill is lost, and the limits of discounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction

from billing.models import ApprovalKind, Bill, CreditNote, Reason, TillRules
from billing.models.rules import ReasonUse
from billing.operations.approvals import Question, give_approval
from billing.operations.checkout import checkout
from billing.operations.exchange import Exchange, exchange
from billing.operations.returns_without_bill import take_goods_without_bill
from billing.operations.rules import create_default_reasons, save_rules
from billing.pricing import Discount
from billing.queries import PostedBill, PostedCreditNote, reasons_for
from billing.refusals import ApprovalRequired, InsufficientStock, NothingToReturn, PaymentMismatch, RefundMismatch
from billing.reports.shifts import shift_figures
from billing.return_request import RefundTender, ReturnLine, ReturnRequest, ReturnWithoutBill, UnbilledLine
from billing.sale import Buyer, Tender
from catalog.models import Product
from customers.models import StoredValue
from inventory.models import Lot, StockMove
from pantrypal.core.access import Role
from pantrypal.core.actor import Actor
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once


@pytest.fixture
def soap(shop: Shop) -> Product:
    soap = shop.product("Soap", price="45.50", rate="18")
    shop.stock(soap, "10")
    return soap


@pytest.fixture
def sold(shop: Shop) -> PostedBill:
    milk = shop.product("Milk", price="63.00", rate="5")
    shop.stock(milk, "10")
    return shop.sell(line(milk, "3"))


def back(shop: Shop, sold: PostedBill, quantity: str, **values: object) -> ReturnRequest:
    lines = (ReturnLine(sold.lines[0].pk, Decimal(quantity)),)
    values = {"id": uuid7(), "reason": "wrong item"} | values
    return ReturnRequest(bill=sold.bill, store=shop.store, register=shop.register, lines=lines, **values)


def swap(shop: Shop, request: ReturnRequest, *lines: object, payments: tuple[Tender, ...] = ()) -> Exchange:
    sale = replace(shop.sale(*lines), payments=payments)
    with transaction.atomic():
        return exchange(request, sale, actor=shop.actor, at=NOON)


def test_dearer_goods_are_paid_with_what_came_back_and_the_rest(shop: Shop, sold: PostedBill, soap: Product) -> None:
    done = swap(shop, back(shop, sold, "1"), line(soap, "2"), payments=(Tender("cash", tendered=Decimal("30.00")),))

    assert done.note.note.total == Decimal("63.00")
    paid = [(payment.method, payment.amount) for payment in done.bill.payments]
    assert paid == [("store_credit", Decimal("63.00")), ("cash", Decimal("28.00"))]
    assert done.bill.bill.change == Decimal("2.00")
    assert StoredValue.objects.get().balance == 0
    assert shift_figures(shop.shift).expected_cash == Decimal("500.00") + sold.bill.total + Decimal("28.00")


def test_cheaper_goods_give_the_rest_back(shop: Shop, sold: PostedBill, soap: Product) -> None:
    done = swap(shop, back(shop, sold, "1"), line(soap, "1"))

    refunds = [(refund.method, refund.amount) for refund in done.note.refunds]
    assert refunds == [("store_credit", Decimal("45.50")), ("cash", Decimal("17.50"))]
    assert [(payment.method, payment.amount) for payment in done.bill.payments] == [("store_credit", Decimal("45.50"))]


def test_like_for_like_moves_no_money(shop: Shop, sold: PostedBill) -> None:
    milk = sold.lines[0].product

    done = swap(shop, back(shop, sold, "1"), line(milk, "1"))

    assert len(done.note.refunds) == len(done.bill.payments) == 1
    assert shop.on_hand(milk) == Decimal("7.000")


def test_an_exchange_sent_again_is_made_once(shop: Shop, sold: PostedBill, soap: Product) -> None:
    request, sale = back(shop, sold, "3"), replace(shop.sale(line(soap, "1")), payments=())
    first = exchange(request, sale, actor=shop.actor, at=NOON)

    again = exchange(request, sale, actor=shop.actor, at=NOON)

    assert (again.note.is_repeat, again.bill.is_repeat) == (True, True)
    assert again.bill.bill.number == first.bill.bill.number
    assert (CreditNote.objects.count(), Bill.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("quantity", "wanted", "paid", "refusal"),
    [
        ("4", "1", (), NothingToReturn),
        ("1", "11", (Tender("cash"),), InsufficientStock),
        ("1", "2", (), PaymentMismatch),
    ],
)
def test_a_refused_half_leaves_neither(
    shop: Shop, sold: PostedBill, soap: Product, quantity: str, wanted: str, paid: tuple, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        swap(shop, back(shop, sold, quantity), line(soap, wanted), payments=paid)

    assert not CreditNote.objects.exists()
    assert Bill.objects.count() == 1
    assert not StoredValue.objects.exists()


def test_exchanges_and_sales_of_the_same_goods_at_once_do_not_deadlock(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk, soap = shop.product("Milk", price="10.00"), shop.product("Soap", price="10.00")
        shop.stock(milk, "100")
        shop.stock(soap, "100")
        bills = [shop.sell(line(milk, "2"), line(soap, "2")) for _ in range(6)]

    def one(number: int) -> object:
        if number % 2:
            return shop.sell(line(soap), line(milk))
        posted = bills[number // 2]
        return exchange(back(shop, posted, "1"), replace(shop.sale(line(soap)), payments=()), actor=shop.actor, at=NOON)

    answers = all_at_once(shop.org.pk, [lambda n=n: one(n) for n in range(12)])

    assert sum(isinstance(answer, Exchange) for answer in answers) == 6
    assert sum(isinstance(answer, PostedBill) for answer in answers) == 6


# -- without the bill -----------------------------------------------------------------------------


def unbilled(shop: Shop, product: Product, quantity: str = "1", **values: object) -> ReturnWithoutBill:
    disposition = str(values.pop("disposition", "restock"))
    values = {"id": uuid7(), "reason": "bill lost"} | values
    lines = (UnbilledLine(Decimal(quantity), product.pk, disposition=disposition),)
    return ReturnWithoutBill(store=shop.store, register=shop.register, lines=lines, **values)


def take(request: ReturnWithoutBill, actor: Actor) -> PostedCreditNote:
    with transaction.atomic():
        return take_goods_without_bill(request, actor=actor, at=NOON)


def test_goods_without_their_bill_give_store_credit_at_todays_price(shop: Shop, soap: Product) -> None:
    posted = take(unbilled(shop, soap, "2"), shop.actor)

    note = posted.note
    assert (note.kind, note.bill, note.total, note.number) == (
        "without_bill",
        None,
        Decimal("91.00"),
        "CB1A-25-0000001",
    )
    assert note.tax == Decimal("13.88")
    assert note.approval.kind == ApprovalKind.RETURN_WITHOUT_BILL
    assert StoredValue.objects.get().balance == Decimal("91.00")
    assert shop.on_hand(soap) == Decimal("12.000")
    again = take(replace(unbilled(shop, soap, "2"), id=note.pk), shop.actor)
    assert again.is_repeat


def test_a_customer_gets_the_credit_onto_their_name(shop: Shop, soap: Product) -> None:
    buyer = Buyer(phone="+919812345678", name="Lakshmi")

    take(unbilled(shop, soap, buyer=buyer), shop.actor)

    assert StoredValue.objects.get().customer.phone == "+919812345678"


def test_money_goes_back_without_a_bill_only_where_the_owner_has_said_so(shop: Shop, soap: Product) -> None:
    cash = (RefundTender("cash"),)
    with pytest.raises(RefundMismatch, match="Without the bill goods give store credit only."):
        take(unbilled(shop, soap, refunds=cash), shop.actor)

    save_rules(TillRules(refunds_without_bill_in_money=True), actor=shop.actor, at=NOON)
    posted = take(unbilled(shop, soap, refunds=cash), shop.actor)

    assert [(refund.method, refund.amount) for refund in posted.refunds] == [("cash", Decimal("45.50"))]


def test_a_cashier_asks_a_manager_for_a_return_without_a_bill(shop: Shop, soap: Product) -> None:
    cashier, request = shop.actor_as(Role.CASHIER), unbilled(shop, soap)
    with pytest.raises(ApprovalRequired) as refusal:
        take(request, cashier)
    assert refusal.value.data["amount"] == "45.50"

    kind = ApprovalKind.RETURN_WITHOUT_BILL
    too_little = Question(kind, request.id, shop.store, "bill lost", Decimal("45.49"))
    given = give_approval(too_little, asked_by=cashier, approver=shop.actor, at=NOON)
    with pytest.raises(ApprovalRequired):
        take(replace(request, approval=given.pk), cashier)
    given = give_approval(replace(too_little, amount=Decimal("45.50")), asked_by=cashier, approver=shop.actor, at=NOON)

    posted = take(replace(request, approval=given.pk), cashier)

    assert posted.note.approval == given


@pytest.mark.parametrize(("disposition", "kind"), [("damaged", "damage"), ("expired", "expiry")])
def test_spoilt_goods_without_a_bill_are_written_off(shop: Shop, soap: Product, disposition: str, kind: str) -> None:
    take(unbilled(shop, soap, disposition=disposition), shop.actor)

    moves = StockMove.objects.exclude(kind="opening").order_by("-quantity").values_list("kind", "quantity", "unit_cost")
    assert list(moves) == [
        ("return", Decimal("1.000"), Decimal("40.0000")),
        (kind, Decimal("-1.000"), Decimal("40.0000")),
    ]
    assert shop.on_hand(soap) == Decimal("10.000")


def test_goods_that_have_lots_come_back_without_one(shop: Shop) -> None:
    milk = shop.product("Milk", tracks_lots=True)
    shop.stock(milk, "2", lot=Lot.objects.create(product=milk, code="A", expires_on="2026-03-10").pk)

    take(unbilled(shop, milk), shop.actor)

    assert shop.on_hand(milk) == Decimal("3.000")
    assert StockMove.objects.get(kind="return").lot is None


# -- limits and reasons -----------------------------------------------------------------------------


def discounted(shop: Shop, actor: Actor, percent: str, **values: object) -> PostedBill:
    milk = shop.product(price="100.00", tracks_stock=False)
    sale = shop.sale(line(milk, discount=Discount(percent=Decimal(percent), reason="old")), **values)
    with transaction.atomic():
        return checkout(sale, actor=actor, at=NOON)


def test_each_role_has_its_own_limit(shop: Shop) -> None:
    rules = TillRules(cashier_discount_limit=5, manager_discount_limit=30)
    save_rules(rules, actor=shop.actor, at=NOON)
    cashier, manager = shop.actor_as(Role.CASHIER), shop.actor_as(Role.STORE_MANAGER)

    assert discounted(shop, cashier, "5").bill.total == Decimal("95.00")
    with pytest.raises(ApprovalRequired):
        discounted(shop, cashier, "6")
    assert discounted(shop, manager, "30").bill.total == Decimal("70.00")
    with pytest.raises(ApprovalRequired):
        discounted(shop, manager, "31")
    assert discounted(shop, shop.actor, "50").bill.total == Decimal("50.00")


def test_above_a_managers_limit_only_the_owners_yes_counts(shop: Shop) -> None:
    save_rules(TillRules(manager_discount_limit=30), actor=shop.actor, at=NOON)
    cashier, manager, bill = shop.actor_as(Role.CASHIER), shop.actor_as(Role.STORE_MANAGER), uuid7()
    question = Question(ApprovalKind.DISCOUNT, bill, shop.store, "old", Decimal("40.00"), "near_expiry")

    given = give_approval(question, asked_by=cashier, approver=manager, at=NOON)
    with pytest.raises(ApprovalRequired):
        discounted(shop, cashier, "40", id=bill, approvals=(given.pk,))
    given = give_approval(question, asked_by=cashier, approver=shop.actor, at=NOON)

    assert discounted(shop, cashier, "40", id=bill, approvals=(given.pk,)).bill.total == Decimal("60.00")
    assert given.reason_code == "near_expiry"


def test_a_new_shop_has_reasons_to_choose_from(shop: Shop) -> None:
    create_default_reasons(actor=shop.actor, at=NOON)

    codes = [reason.code for reason in reasons_for(ReasonUse.RETURN)]
    assert codes == ["changed_mind", "wrong_item", "damaged", "spoilt"]
    assert {reason.use for reason in Reason.objects.all()} == set(ReasonUse)
