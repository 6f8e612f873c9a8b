"""Recalled goods that were sold: who had them, the letter to them, their money back."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from billing.models import CreditNote
from billing.operations.recalls import RecallRefunds, ask_for_letters, refund_recalled, send_letter
from billing.queries import PostedBill
from billing.recalled import Obstacle, recalled_sales
from billing.sale import Buyer
from customers.models import StoredValue
from inventory.models import Lot, Recall
from inventory.operations.recalls import end_recall, start_recall
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.journal.models import OutboxEvent
from tests.api import Api
from tests.pdf import text_of
from tests.shop import NOON, Shop, line

LAKSHMI = Buyer(phone="9845012345", name="Lakshmi Rao", email="Lakshmi@example.com")


@pytest.fixture
def bills(shop: Shop) -> list[PostedBill]:
    """Two of the bad lot to Lakshmi, one to nobody, and one of a good lot to her."""
    milk = shop.product("Milk 1 l", price="60.00", tracks_lots=True)
    for code, day, quantity in (("BAD", "2126-03-05", "3"), ("GOOD", "2126-03-09", "5")):
        shop.stock(milk, quantity, lot=Lot.objects.create(product=milk, code=code, expires_on=day).pk)
    return [
        shop.sell(line(milk, "2"), buyer=LAKSHMI),
        shop.sell(line(milk)),
        shop.sell(line(milk), buyer=LAKSHMI),
    ]


@pytest.fixture
def recall(shop: Shop, bills: list[PostedBill]) -> Recall:
    given = {"reason": "Not sealed", "message": "Please bring it back."}
    return start_recall(bills[0].lines[0].product, ["BAD"], **given, actor=shop.actor, at=NOON)


def refund(shop: Shop, recall: Recall, bills: list[PostedBill], **values: object) -> RecallRefunds:
    chosen = {posted.bill.pk for posted in bills}
    given = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON} | values
    return refund_recalled(recall, chosen, **given)


def test_the_bills_and_customers_that_had_it_are_known(recall: Recall, bills: list[PostedBill]) -> None:
    found = {
        sale.bill.pk: (sale.lots, sale.quantity, sale.buyer and sale.buyer.name) for sale in recalled_sales(recall)
    }

    assert found == {bills[0].bill.pk: (("BAD",), 2, "Lakshmi Rao"), bills[1].bill.pk: (("BAD",), 1, None)}


def test_each_address_gets_one_letter(shop: Shop, recall: Recall, bills: list[PostedBill]) -> None:
    assert ask_for_letters(recall.pk) == 1
    (event,) = OutboxEvent.objects.filter(topic="recall.letter_due")
    due = {"bill_id": UUID(event.payload["bill"]), "event_id": event.pk}

    assert send_letter(recall.pk, **due)

    (letter,) = mail.outbox
    assert letter.to == ["Lakshmi@example.com"]
    assert letter.subject == "Asha: please bring back Milk 1 l"
    assert "Please bring it back." in letter.body
    assert f"You bought Milk 1 l with bill {bills[0].bill.number}" in letter.body
    assert "Lots: BAD" in letter.body
    end_recall(recall, actor=shop.actor, at=NOON)
    assert not send_letter(recall.pk, **due)


def test_without_a_message_nobody_is_written_to(shop: Shop, recall: Recall) -> None:
    Recall.objects.filter(pk=recall.pk).update(message="")

    assert ask_for_letters(recall.pk) == 0


def test_those_who_are_known_get_their_money_back_once(shop: Shop, recall: Recall, bills: list[PostedBill]) -> None:
    first, again = (refund(shop, recall, bills) for _ in range(2))

    assert (first.bills, again.bills) == ([bills[0].bill.pk], [])
    for done in (first, again):
        assert [(sale.bill, why) for sale, why in done.left] == [(bills[1].bill, Obstacle.NO_CUSTOMER)]

    note = CreditNote.objects.get()
    assert (note.bill, note.total, note.reason) == (bills[0].bill, Decimal("120.00"), "Recall: Not sealed")
    assert StoredValue.objects.get().balance == Decimal("120.00")
    assert {sale.bill.pk: sale.out for sale in recalled_sales(recall)} == {bills[0].bill.pk: 0, bills[1].bill.pk: 1}
    for role in (Role.CASHIER, Role.INVENTORY_MANAGER, Role.AUDITOR):
        with pytest.raises(Forbidden):
            refund(shop, recall, bills, actor=shop.actor_as(role))


def test_the_back_office_lists_them_and_pays_them_back(
    shop: Shop, till: Client, recall: Recall, bills: list[PostedBill]
) -> None:
    page = f"/asha/admin/recalled/?recall={recall.pk}"
    assert f'href="{page}"' in till.get("/asha/admin/inventory/recall/").content.decode()
    shown = till.get(page).content.decode()
    assert "Lakshmi Rao" in shown
    assert "not known" in shown
    assert "Nobody is named on the bill" in shown
    assert bills[2].bill.number not in shown

    sent = {"bill": [posted.bill.pk for posted in bills], "register": str(shop.register.pk)}
    said = till.post(page, sent, follow=True).content.decode()

    assert "1 bill was paid back as store credit." in said
    assert "Has come back" in said
    assert f"{bills[1].bill.number}: Nobody is named on the bill. Pay it back at a till when it is brought." in said
    assert "Please open a shift first" in till.post(page, {"register": "x"}, follow=True).content.decode()
    assert till.get("/asha/admin/recalled/?recall=x").status_code == 404


def test_the_list_is_printed_and_says_whom_nobody_can_reach(
    shop: Shop, till: Client, recall: Recall, bills: list[PostedBill]
) -> None:
    page = f"/asha/admin/recalled/?recall={recall.pk}"
    shown = " ".join(till.get(page).content.decode().split())
    assert "2 bills had these goods. On 1 of them nobody is named" in shown
    assert "The message goes to 1 e-mail address." in shown

    paper = till.get(f"{page}&paper=1")

    text = text_of(paper.content)
    assert paper["Content-Type"] == "application/pdf"
    for said in ("Recall of Milk 1 l", "BAD", "Not sealed", "Nobody is named", "Lakshmi Rao +919845012345"):
        assert said in text
    assert text.index("Nobody is named") < text.index(bills[1].bill.number) < text.index("Customers to call")
    assert text.index("Customers to call") < text.index(bills[0].bill.number)
    assert bills[2].bill.number not in text


def test_an_integrator_reads_who_had_it_and_pays_them_back(shop: Shop, recall: Recall, bills: list[PostedBill]) -> None:
    api, asked = Api(shop), {"store": "B1", "register": "A"}

    listed = {row["bill"]: row for row in api.get(f"recalls/{recall.pk}/bills")[1]["results"]}
    status, done = api.post(f"recalls/{recall.pk}/refunds", asked)

    known, unknown = (listed[str(posted.bill.pk)] for posted in bills[:2])
    assert (known["customer"], known["lots"], known["out"], known["obstacle"]) == (
        "Lakshmi Rao",
        ["BAD"],
        "2.000",
        None,
    )
    assert (unknown["customer"], unknown["obstacle"]) == (None, "no_customer")
    assert (status, done["bills"]) == (200, [str(bills[0].bill.pk)])
    assert [(left["number"], left["obstacle"]) for left in done["left"]] == [(bills[1].bill.number, "no_customer")]
    assert api.post(f"recalls/{recall.pk}/refunds", asked)[1]["bills"] == []
    may_sell = Api(shop, ["billing:write"])
    assert may_sell.post(f"recalls/{recall.pk}/refunds", asked)[0] == 403
