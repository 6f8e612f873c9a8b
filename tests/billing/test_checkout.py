from __future__ import annotations

from decimal import Decimal

import pytest

from billing.models import Bill, BillLine, Payment, ShiftTally
from billing.refusals import BillIdReused, InsufficientStock, PaymentMismatch, TotalChanged
from billing.sale import Tender
from inventory.models import StockMove
from pantrypal.core.errors import DomainError
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.shop import Shop, line


def test_posts_a_numbered_bill_that_adds_up(shop: Shop) -> None:
    milk = shop.product(price="63.00", rate="5")
    shop.stock(milk, "10")

    posted = shop.sell(line(milk, "3"), payments=(Tender("cash", tendered=Decimal("200.00")),))

    bill = Bill.objects.get()
    assert bill.pk == posted.bill.pk
    assert bill.number == "B1A-25-0000001"
    assert (bill.taxable, bill.tax, bill.total) == (Decimal("180.00"), Decimal("9.00"), Decimal("189.00"))
    assert bill.change == Decimal("11.00")
    assert bill.taxes == [
        {"name": "CGST", "rate": "2.5", "amount": "4.50", "taxable": "180.00"},
        {"name": "SGST", "rate": "2.5", "amount": "4.50", "taxable": "180.00"},
    ]
    assert Payment.objects.get().amount == Decimal("189.00")
    assert BillLine.objects.get().cost == Decimal("120")
    assert shop.on_hand(milk) == Decimal("7.000")
    assert AuditEntry.objects.get(action="bill.posted").subject_label == bill.number
    assert OutboxEvent.objects.get(topic="bill.posted").payload["number"] == bill.number
    assert ShiftTally.objects.get(kind="payment", name="cash").amount == Decimal("189.00")


def test_a_resent_sale_is_posted_once(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    sale_id = uuid7()

    first = shop.sell(line(milk), id=sale_id)
    again = shop.sell(line(milk), id=sale_id)

    assert not first.is_repeat
    assert again.is_repeat
    assert again.bill.number == first.bill.number
    assert StockMove.objects.filter(kind=StockMove.Kind.SALE).count() == 1


def test_the_same_id_with_other_content_is_refused(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    sale_id = uuid7()
    shop.sell(line(milk), id=sale_id)

    with pytest.raises(BillIdReused) as refusal:
        shop.sell(line(milk, "2"), id=sale_id)

    assert refusal.value.status == 409
    assert Bill.objects.get().total == Decimal("63.00")


def test_quantities_that_are_written_differently_are_the_same_sale(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    sale_id = uuid7()
    shop.sell(line(milk, "2"), id=sale_id)

    assert shop.sell(line(milk, "2.000"), id=sale_id).is_repeat


@pytest.mark.parametrize(
    ("quantity", "payment", "refusal"),
    [
        ("11", Tender("cash"), InsufficientStock),
        ("1", Tender("cash", tendered=Decimal("62.99")), PaymentMismatch),
        ("1", Tender("upi", amount=Decimal("62.99")), PaymentMismatch),
        ("1", Tender("upi", amount=Decimal("63.01")), PaymentMismatch),
        ("1", Tender("card", amount=Decimal("-63.00")), PaymentMismatch),
        ("1", Tender("card", tendered=Decimal("100.00")), PaymentMismatch),
    ],
)
def test_a_refused_sale_leaves_nothing_behind(
    shop: Shop, quantity: str, payment: Tender, refusal: type[DomainError]
) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    events = OutboxEvent.objects.count()

    with pytest.raises(refusal):
        shop.sell(line(milk, quantity), payments=(payment,))

    assert not Bill.objects.exists()
    assert not ShiftTally.objects.exists()
    assert OutboxEvent.objects.count() == events
    assert shop.on_hand(milk) == Decimal("10.000")


def test_a_shortage_says_how_many_are_left(shop: Shop) -> None:
    butter = shop.product("Amul Butter 100 g")
    shop.stock(butter, "2")

    with pytest.raises(InsufficientStock, match="Only 2 of Amul Butter 100 g are left.") as refusal:
        shop.sell(line(butter, "3"))

    assert refusal.value.data["items"] == [
        {"product": str(butter.pk), "name": "Amul Butter 100 g", "wanted": "3.000", "available": "2.000"}
    ]


def test_the_same_product_on_two_lines_draws_on_one_stock(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "3")

    with pytest.raises(InsufficientStock):
        shop.sell(line(milk, "2"), line(milk, "2"))
    shop.sell(line(milk, "2"), line(milk, "1"))

    assert shop.on_hand(milk) == 0


def test_another_total_than_the_buyer_saw_is_refused(shop: Shop) -> None:
    milk = shop.product(price="63.00")
    shop.stock(milk, "3")

    with pytest.raises(TotalChanged) as refusal:
        shop.sell(line(milk), expected_total=Decimal("60.00"))

    assert refusal.value.data["quote"].cart.total == Decimal("63.00")


def test_split_payment_gives_change_for_the_cash_part_only(shop: Shop) -> None:
    milk = shop.product(price="63.00")
    shop.stock(milk, "10")

    posted = shop.sell(
        line(milk, "2"),
        payments=(
            Tender("upi", amount=Decimal("100.00"), reference="T2411"),
            Tender("cash", tendered=Decimal("50.00")),
        ),
    )

    assert [(p.method, p.amount) for p in Payment.objects.order_by("position")] == [
        ("upi", Decimal("100.00")),
        ("cash", Decimal("26.00")),
    ]
    assert posted.bill.change == Decimal("24.00")


def test_a_product_whose_stock_is_not_counted_is_sold_at_once(shop: Shop) -> None:
    imported = shop.product("Imported", tracks_stock=False)

    assert shop.sell(line(imported, "5")).bill.total == Decimal("315.00")
    assert not StockMove.objects.filter(product=imported).exists()


def test_the_first_receipt_makes_a_product_counted(shop: Shop) -> None:
    imported = shop.product("Imported", tracks_stock=False)
    shop.stock(imported, "1")

    shop.sell(line(imported))
    with pytest.raises(InsufficientStock, match="Imported is out of stock."):
        shop.sell(line(imported))
