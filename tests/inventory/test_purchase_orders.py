"""Orders: drafted with the supplier's packs and prices, sent as PDF, and settled once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from inventory.models import PurchaseOrder, Supplier
from inventory.operations.order_mail import mail_order
from inventory.operations.order_steps import cancel_order, close_order, send_order
from inventory.operations.purchase_orders import save_order
from inventory.pdf.orders import order_as_pdf
from inventory.refusals import OrderSettled
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid, NotFound
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.inventory.purchasing import asks, draft, goods, sent, supplier
from tests.pdf import page_sizes, text_of
from tests.shop import NOON, Shop

LIST = "/asha/admin/inventory/purchaseorder/"


@pytest.fixture
def dairy(shop: Shop) -> Supplier:
    return supplier(shop, lead_days=2, email="orders@nandini.example")


def test_a_draft_takes_pack_price_and_code_from_the_supplier(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    asks(shop, dairy, milk, "480.00", "12", supplier_code="NM-12")

    order = draft(shop, dairy, goods(milk, "3"))

    line = order.lines.get()
    assert (order.number, order.status, order.total) == ("POB1-25-0000001", "draft", Decimal("1440.00"))
    assert order.expected_on == date(2026, 3, 4)
    assert (line.pack, line.pack_price, line.supplier_code) == (Decimal("12.000"), Decimal("480.00"), "NM-12")
    assert (line.ordered, line.outstanding) == (Decimal("36.000"), Decimal("36.000"))


def test_without_a_price_list_single_pieces_are_ordered_at_their_last_cost(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product(cost=Decimal("41.5050"))

    line = draft(shop, dairy, goods(milk, "10")).lines.get()

    assert (line.pack, line.pack_price, line.amount) == (Decimal("1.000"), Decimal("41.51"), Decimal("415.10"))


def test_a_draft_is_given_new_lines_and_keeps_its_number(shop: Shop, dairy: Supplier) -> None:
    milk, curd = shop.product(), shop.product("Curd")
    order = draft(shop, dairy, goods(milk, "10", price="40.00"))

    save_order(order, [goods(curd, "5", price="30.00")], store=shop.store, actor=shop.actor, at=NOON)

    order.refresh_from_db()
    assert (order.number, order.total) == ("POB1-25-0000001", Decimal("150.00"))
    assert [line.product for line in order.lines.all()] == [curd]


@pytest.mark.parametrize(
    ("packs", "pack", "price", "field"),
    [
        ("0", None, None, "lines.0.packs"),
        ("1.0001", None, None, "lines.0.packs"),
        ("1", "-1", None, "lines.0.pack"),
        ("1", None, "40.005", "lines.0.pack_price"),
        ("1", None, "-1", "lines.0.pack_price"),
    ],
)
def test_an_unsound_line_is_refused_at_its_field(
    shop: Shop, dairy: Supplier, packs: str, pack: str | None, price: str | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        draft(shop, dairy, goods(shop.product(), packs, pack, price))

    assert list(refusal.value.errors) == [field]
    assert not PurchaseOrder.objects.exists()


def test_an_empty_order_and_the_same_product_twice_are_refused(shop: Shop, dairy: Supplier) -> None:
    milk, gone = shop.product(), shop.product("Old milk", archived_at=NOON)

    for lines, refusal in (([], Invalid), ([goods(milk, "1")] * 2, Invalid), ([goods(gone, "1")], NotFound)):
        with pytest.raises(refusal):
            draft(shop, dairy, *lines)


def test_a_sent_order_is_mailed_as_pdf_to_the_supplier(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Milk <1 l> & *cream*")
    order = sent(shop, dairy, goods(milk, "10", "12", "480.00"))
    event = OutboxEvent.objects.get(topic="purchase_order.sent")

    assert mail_order(order.pk, event_id=event.pk, reply_to=event.payload["reply_to"])

    [letter] = mail.outbox
    assert (letter.to, letter.reply_to) == (["orders@nandini.example"], ["owner@asha.example"])
    assert letter.subject == "Order POB1-25-0000001 of Asha"
    assert "10 × 12  Milk <1 l> & *cream*" in letter.body
    assert letter.message()["Message-ID"] == f"<{event.pk}@localhost>"
    [(name, pdf, kind)] = letter.attachments
    assert (name, kind) == ("POB1-25-0000001.pdf", "application/pdf")
    assert "₹4,800.00" in text_of(pdf)


def test_the_paper_of_an_order_says_who_what_when_and_how_much(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product("Toned milk 500 ml", hsn="04012000")
    order = draft(shop, dairy, goods(milk, "10", "12", "480.00"), note="Before 9 please")

    pdf = order_as_pdf(order, shop.store)

    text = text_of(pdf)
    assert page_sizes(pdf) == [(210, 297)]
    for said in ("POB1-25-0000001", "Draft: not yet ordered", "Nandini Dairy", "Asha Retail Pvt Ltd", "4 Mar 2026",
                 "04012000", "10 12 120 480.00", "480.00", "₹4,800.00", "Before 9 please"):  # fmt: skip
        assert said in text
    assert pdf == order_as_pdf(order, shop.store)


def test_an_order_is_sent_once_and_then_neither_changed_nor_sent_again(shop: Shop, dairy: Supplier) -> None:
    order = sent(shop, dairy, goods(shop.product(), "1"))
    assert AuditEntry.objects.get(action="purchase_order.sent").data == {"to": "orders@nandini.example"}

    with pytest.raises(OrderSettled, match="Order POB1-25-0000001 has been sent"):
        save_order(order, [goods(shop.product(), "1")], store=shop.store, actor=shop.actor, at=NOON)
    with pytest.raises(OrderSettled):
        send_order(order, actor=shop.actor, at=NOON)


def test_a_sent_order_is_closed_or_cancelled_with_a_reason(shop: Shop, dairy: Supplier) -> None:
    milk = shop.product()
    closed, cancelled, waiting = (sent(shop, dairy, goods(milk, "1")) for _ in range(3))

    with pytest.raises(Invalid):
        close_order(waiting, reason=" ", actor=shop.actor, at=NOON)
    close_order(closed, reason="Out of season", actor=shop.actor, at=NOON)
    cancel_order(cancelled, reason="Wrong supplier", actor=shop.actor, at=NOON)

    assert dict(PurchaseOrder.objects.values_list("pk", "status")) == {
        closed.pk: "closed", cancelled.pk: "cancelled", waiting.pk: "sent"
    }  # fmt: skip
    with pytest.raises(OrderSettled, match="“Cancelled”"):
        close_order(cancelled, reason="x", actor=shop.actor, at=NOON)


def test_a_cashier_does_not_order(shop: Shop, dairy: Supplier) -> None:
    order = PurchaseOrder(supplier=dairy)

    with pytest.raises(Forbidden):
        save_order(order, [], store=shop.store, actor=shop.actor_as(Role.CASHIER), at=NOON)


def page(shop: Shop, dairy: Supplier, *lines: dict[str, str], **values: object) -> dict[str, object]:
    """What the browser posts for an order."""
    data: dict[str, object] = {"store_id": shop.store.pk, "supplier": dairy.pk, "expected_on": "", "note": ""}
    data |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0}
    for number, row in enumerate(lines):
        data |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return data | values


def test_the_back_office_drafts_sends_and_shows_an_order(shop: Shop, till: Client, dairy: Supplier) -> None:
    milk = shop.product()
    asks(shop, dairy, milk, "480.00", "12")

    answer = till.post(f"{LIST}add/", page(shop, dairy, {"product": str(milk.pk), "packs": "2"}))

    assert answer.status_code == 302, answer.context["errors"]
    order = PurchaseOrder.objects.get()
    assert order.total == Decimal("960.00")
    till.post(LIST, {"action": "send", "_selected_action": [order.pk]})
    order.refresh_from_db()
    assert order.status == "sent"
    assert order.number in till.get(LIST).content.decode()
    shown = till.get(f"{LIST}{order.pk}/change/").content.decode()
    assert "₹960.00" in shown
    assert 'name="lines-0-packs"' not in shown
    pdf = till.get(f"{LIST}{order.pk}/pdf/")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_saving_and_sending_is_one_step(shop: Shop, till: Client, dairy: Supplier) -> None:
    order = draft(shop, dairy, goods(shop.product(), "1", price="40.00"))
    line = order.lines.get()
    row = {"id": str(line.pk), "order": str(order.pk), "product": str(line.product_id), "packs": "3"}

    data = page(shop, dairy, row | {"pack": "1", "pack_price": "40.00"}, _send="1") | {"lines-INITIAL_FORMS": 1}
    answer = till.post(f"{LIST}{order.pk}/change/", data)

    assert answer.status_code == 302, answer.context["errors"]
    order.refresh_from_db()
    assert (order.status, order.total) == ("sent", Decimal("120.00"))


def test_a_refused_order_says_why_in_the_form(shop: Shop, till: Client, dairy: Supplier) -> None:
    answer = till.post(f"{LIST}add/", page(shop, dairy))

    assert "An order has between 1 and 500 lines." in answer.content.decode()


def test_orders_through_the_api(shop: Shop, dairy: Supplier) -> None:
    api, milk = Api(shop), shop.product()
    body = {"store": "B1", "supplier": str(dairy.pk), "lines": [{"product": str(milk.pk), "packs": "3", "pack": "12",
                                                                 "pack_price": "480.00"}]}  # fmt: skip

    status, made = api.post("purchase-orders", body)

    assert status == 201, made
    assert (made["status"], made["total"]) == ("draft", "1440.00")
    assert made["lines"][0]["ordered"] == "36.000"
    assert api.raw("GET", f"purchase-orders/{made['id']}/pdf").content.startswith(b"%PDF")
    body["lines"][0]["packs"] = "2"
    assert api("PUT", f"purchase-orders/{made['id']}", body)[1]["total"] == "960.00"
    assert api.post(f"purchase-orders/{made['id']}/send", {})[1]["sent_to"] == "orders@nandini.example"
    assert api("PUT", f"purchase-orders/{made['id']}", body)[1]["code"] == "order_settled"
    assert [row["id"] for row in api.get("purchase-orders?status=sent&store=B1")[1]["results"]] == [made["id"]]
    assert api.post(f"purchase-orders/{made['id']}/close", {"reason": "Gone"})[1]["status"] == "closed"


@pytest.mark.parametrize("path", ["purchase-orders?supplier=x", "purchase-orders?status=x"])
def test_a_filter_that_fits_nothing_gives_nothing(shop: Shop, path: str) -> None:
    assert Api(shop).get(path)[1] == {"results": [], "next": None}
