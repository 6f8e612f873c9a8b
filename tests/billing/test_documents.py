from __future__ import annotations

import json
from decimal import Decimal

from billing import chain
from billing.documents import bill_document
from billing.pricing import Discount
from billing.queries import posted_bill
from billing.sale import Buyer, Tender
from tests.shop import Shop, line


def test_the_document_of_a_sale_just_made_is_that_of_the_stored_bill(shop: Shop) -> None:
    milk = shop.product("Milk 1 l", price="63.00", mrp=Decimal("65.00"), hsn="0401", names={"hi": "दूध 1 लीटर"})
    tomato = shop.product("Tomato", price="40.00", rate="0", unit="kg", sold_by="weight")
    shop.stock(milk, "10")
    shop.stock(tomato, "10")

    posted = shop.sell(
        line(milk, "3", discount=Discount(percent=Decimal(10), reason="Dented pack")),
        line(tomato, "0.750"),
        discount=Discount(amount=Decimal("5.00"), reason="Regular"),
        buyer=Buyer(phone="98123 45678", name="Lakshmi"),
        payments=(Tender("upi", amount=Decimal("100.00"), reference="T1"), Tender("cash", tendered=Decimal("200.00"))),
    )
    stored = posted_bill(posted.bill.pk)

    assert stored is not None
    assert bill_document(posted, store=shop.store) == bill_document(stored, store=shop.store)
    stored_hash = chain.bill_hash(stored.bill, stored.lines, stored.payments, stored.buyer)
    assert stored_hash == stored.bill.content_hash


def test_the_document_is_json_and_its_amounts_are_strings(shop: Shop) -> None:
    milk = shop.product(price="63.00", hsn="0401")
    shop.stock(milk, "10")
    document = bill_document(shop.sell(line(milk, "2")), store=shop.store)

    assert json.loads(json.dumps(document)) == document
    assert (document["store"], document["register"], document["number"]) == ("B1", "A", "B1A-25-0000001")
    assert document["finalized_at"] == "2026-03-02T06:30:00.000000Z"
    assert (document["taxable"], document["tax"], document["total"]) == ("120.00", "6.00", "126.00")
    assert document["customer"] is None
    assert document["payments"] == [{"method": "cash", "amount": "126.00", "tendered": None, "reference": ""}]
    (milk_line,) = document["lines"]
    assert (milk_line["quantity"], milk_line["unit_price"], milk_line["hsn"]) == ("2.000", "63.00", "0401")
    assert milk_line["taxes"] == [
        {"name": "CGST", "rate": "2.5", "amount": "3.00"},
        {"name": "SGST", "rate": "2.5", "amount": "3.00"},
    ]
