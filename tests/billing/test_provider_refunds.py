"""Refunds that the payment provider makes: asked for once, kept, heard of, and never more than was paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from billing.models import PaymentAccount, PaymentIntent, ProviderRefund
from billing.operations.asked_payments import ask_for_payment, save_payment_account, take_notice
from billing.operations.checkout import checkout
from billing.operations.notices import tell_of_failed_refund
from billing.operations.provider_refunds import RefundUnderWay, ask_again, give_back
from billing.operations.returns import take_goods_back
from billing.providers import provider_of
from billing.providers.interface import ProviderDown
from billing.queries import PostedBill, PostedCreditNote
from billing.return_request import RefundTender, ReturnLine, ReturnRequest
from billing.sale import Tender
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.journal.consumers import act_once
from pantrypal.journal.models import AuditEntry, InboxEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.billing.razorpay_events import WEBHOOK_KEY, captured, refunded, signed
from tests.shop import NOON, Shop, line
from tests.stand_in import LOST, StandIn, stand_in

CODE = {"id": "qr_HO2jGkWReVBMNu", "image_content": "upi://pay?pa=x@icici&am=63"}
PENDING = {"id": "rfnd_FP8QHiV938haTz", "entity": "refund", "status": "pending"}
PROCESSED = PENDING | {"status": "processed"}
REFUSED = (400, {"error": {"code": "BAD_REQUEST_ERROR", "description": "Your account has not enough balance."}})
CONSUMER = "billing.ask_provider_for_refund"


def hear(event: dict[str, Any]) -> str:
    """The provider tells us; the outcome."""
    account = PaymentAccount.objects.get()
    notice = provider_of(account).read(*signed(event))
    assert notice is not None
    return take_notice(notice, account=account, at=NOON).outcome


def pay(shop: Shop, **values: Any) -> PaymentIntent:
    """A payment by a code of the provider, confirmed."""
    values = {"subject": uuid7(), "method": "upi", "amount": Decimal("189.00")} | values
    asked = ask_for_payment(store=shop.store, register=shop.register, actor=shop.actor, at=NOON, **values)
    hear(captured(asked.reference, int(asked.amount * 100)))
    return asked


@pytest.fixture
def provider(shop: Shop, settings) -> Any:
    keys = {"key": "secret", "webhook_key": WEBHOOK_KEY}
    save_payment_account(PaymentAccount(key_id="rzp_test_1"), **keys, actor=shop.actor, at=NOON)
    with stand_in((200, CODE)) as there:
        settings.RAZORPAY_URL = there.url
        yield there


@pytest.fixture
def sold(shop: Shop, provider: StandIn) -> PostedBill:
    """Three for 63.00, paid through the provider."""
    intent = pay(shop)
    provider.received.clear()
    milk = shop.product("Milk", price="63.00", tracks_stock=False)
    by_upi = (Tender("upi", reference=intent.reference),)
    return shop.sell(line(milk, "3"), id=intent.subject_id, payments=by_upi)


def take_back(shop: Shop, sold: PostedBill, quantity: str = "3", **values: Any) -> PostedCreditNote:
    lines = (ReturnLine(sold.lines[0].pk, Decimal(quantity)),)
    values = {"id": uuid7(), "reason": "sour", "lines": lines} | values
    request = ReturnRequest(bill=sold.bill, store=shop.store, register=shop.register, **values)
    return take_goods_back(request, actor=shop.actor, at=NOON)


def answer(provider: StandIn, *answers: Any) -> None:
    provider.answers[:] = answers


def work(row: ProviderRefund) -> None:
    """A worker gets the event, as often as it is sent to one."""
    event = OutboxEvent.objects.get(pk=row.event_id)
    InboxEntry.objects.get_or_create(event=event, consumer=CONSUMER, defaults={"next_at": NOON})
    act_once(CONSUMER, row.event_id, lambda event: give_back(UUID(event.payload["refund"])))


def the_refund() -> ProviderRefund:
    return ProviderRefund.objects.select_related("intent").get()


def test_a_return_has_the_provider_give_back_what_it_has_taken(shop: Shop, sold: PostedBill, provider: StandIn) -> None:
    back = take_back(shop, sold)
    row = the_refund()
    assert (row.state, row.amount, row.refund) == ("asked", Decimal("189.00"), back.refunds[0])
    assert provider.received == []  # nothing is asked inside the return
    answer(provider, (200, PROCESSED))

    work(row)

    (request,) = provider.received
    assert (request.method, request.path) == ("POST", "/v1/payments/pay_DESlfW9H8K9uqM/refund")
    assert request.headers["X-Refund-Idempotency"] == str(row.pk)
    assert (request.json["amount"], request.json["notes"]["refund"]) == (18900, str(row.pk))
    row = the_refund()
    assert (row.state, row.provider_id, row.intent.state) == ("done", PENDING["id"], "refunded")
    assert AuditEntry.objects.filter(action__startswith="refund.").count() == 2


def test_a_part_that_goes_back_leaves_the_payment_paid(shop: Shop, sold: PostedBill, provider: StandIn) -> None:
    answer(provider, (200, PROCESSED))
    take_back(shop, sold, "1")
    work(the_refund())

    assert PaymentIntent.objects.get().state == "paid"
    answer(provider, (200, PROCESSED | {"id": "rfnd_2"}))
    take_back(shop, sold, "2")
    work(ProviderRefund.objects.get(state="asked"))

    assert PaymentIntent.objects.get().state == "refunded"
    assert [row.amount for row in ProviderRefund.objects.order_by("id")] == [Decimal("63.00"), Decimal("126.00")]


def test_a_repeat_after_a_lost_answer_asks_for_the_same_refund(shop: Shop, sold: PostedBill, provider: StandIn) -> None:
    take_back(shop, sold)
    answer(provider, LOST, (500, {"error": {"code": "SERVER_ERROR"}}), (200, PROCESSED))

    for _ in range(2):
        with pytest.raises(ProviderDown):
            work(the_refund())
    assert the_refund().state == "asked"
    assert "ProviderDown" in InboxEntry.objects.get().error
    for _ in range(3):
        work(the_refund())

    assert len(provider.received) == 3
    assert len({(one.headers["X-Refund-Idempotency"], one.body) for one in provider.received}) == 1
    assert the_refund().state == "done"


def test_a_notice_says_what_has_become_of_a_refund_whose_answer_was_lost(
    shop: Shop, sold: PostedBill, provider: StandIn
) -> None:
    take_back(shop, sold, "1")
    answer(provider, LOST)
    with pytest.raises(ProviderDown):
        work(the_refund())
    row = the_refund()

    told = refunded(row.intent.reference, 6300, notes={"refund": str(row.pk)})
    assert hear(told) == "taken"

    row = the_refund()
    assert (row.state, row.provider_id, row.intent.state) == ("done", "rfnd_FS8SHgFFyYzN2b", "paid")
    provider.received.clear()
    work(row)
    assert provider.received == []


def test_what_is_pending_is_done_when_the_provider_says_so(shop: Shop, sold: PostedBill, provider: StandIn) -> None:
    take_back(shop, sold)
    answer(provider, (200, PENDING))
    work(the_refund())
    assert (the_refund().state, the_refund().intent.state) == ("asked", "paid")

    events = [refunded(the_refund().intent.reference, 18900, id=PENDING["id"], speed=speed) for speed in "ab"]
    assert [hear(event) for event in events] == ["taken", "late"]

    assert (the_refund().state, the_refund().intent.state) == ("done", "refunded")


def test_what_the_provider_refuses_is_kept_told_and_asked_again(
    shop: Shop, sold: PostedBill, provider: StandIn, mailoutbox: list[mail.EmailMessage]
) -> None:
    take_back(shop, sold, "1")
    answer(provider, REFUSED)
    work(the_refund())

    row = the_refund()
    assert (row.state, row.problem) == ("failed", "Your account has not enough balance.")
    failed = OutboxEvent.objects.get(topic="refund.failed")
    tell_of_failed_refund(UUID(failed.payload["refund"]), failed.pk)
    assert "63.00" in mailoutbox[0].body
    assert "not enough balance" in mailoutbox[0].body
    with pytest.raises(Forbidden):
        ask_again(row, actor=shop.actor_as(Role.CASHIER), at=NOON)
    ask_again(row, actor=shop.actor, at=NOON)
    answer(provider, (200, {"items": []}), (200, PROCESSED))
    work(the_refund())

    assert (the_refund().state, the_refund().problem) == ("done", "")
    first, looked, again = provider.received
    assert (looked.method, looked.path.partition("?")[0]) == ("GET", "/v1/payments/pay_DESlfW9H8K9uqM/refunds")
    assert first.headers["X-Refund-Idempotency"] != again.headers["X-Refund-Idempotency"]
    with pytest.raises(RefundUnderWay):
        ask_again(the_refund(), actor=shop.actor, at=NOON)


def test_asked_again_the_provider_says_that_it_has_done_it_after_all(
    shop: Shop, sold: PostedBill, provider: StandIn
) -> None:
    take_back(shop, sold)
    answer(provider, REFUSED)
    work(the_refund())
    row = ask_again(the_refund(), actor=shop.actor, at=NOON)
    answer(provider, (200, {"items": [PROCESSED | {"notes": {"refund": str(row.pk)}}]}))
    provider.received.clear()

    work(row)

    assert [request.method for request in provider.received] == ["GET"]
    assert the_refund().state == "done"


def test_a_refund_that_fails_later_is_failed(shop: Shop, sold: PostedBill, provider: StandIn) -> None:
    take_back(shop, sold)
    answer(provider, (200, PENDING))
    work(the_refund())

    hear(refunded(the_refund().intent.reference, 18900, id=PENDING["id"], status="failed"))

    assert (the_refund().state, the_refund().intent.state) == ("failed", "paid")
    assert OutboxEvent.objects.filter(topic="refund.failed").count() == 1


def test_what_somebody_gives_back_on_the_providers_own_pages_counts(
    shop: Shop, sold: PostedBill, provider: StandIn
) -> None:
    assert hear(refunded(PaymentIntent.objects.get().reference, 10000)) == "taken"

    assert (the_refund().refund, the_refund().intent.state) == (None, "paid")
    take_back(shop, sold)
    assert ProviderRefund.objects.get(state="asked").amount == Decimal("89.00")


@pytest.mark.parametrize(
    "refunds", [(RefundTender("cash"),), (RefundTender("store_credit"),), (RefundTender("upi", reference="T99"),)]
)
def test_money_that_goes_back_another_way_asks_nobody(
    shop: Shop, sold: PostedBill, refunds: tuple[RefundTender, ...]
) -> None:
    take_back(shop, sold, refunds=refunds)

    assert not ProviderRefund.objects.exists()
    assert not OutboxEvent.objects.filter(topic="refund.asked").exists()


def test_only_the_part_that_the_provider_has_taken_goes_back_by_it(shop: Shop, provider: StandIn) -> None:
    intent = pay(shop, amount=Decimal("63.00"))
    milk = shop.product("Milk", price="63.00", tracks_stock=False)
    split = (Tender("upi", Decimal("63.00"), reference=intent.reference), Tender("upi", reference="T123"))
    sold = shop.sell(line(milk, "3"), id=intent.subject_id, payments=split)

    take_back(shop, sold, refunds=(RefundTender("upi"),))

    assert the_refund().amount == Decimal("63.00")


def test_a_return_sent_again_asks_the_provider_once(shop: Shop, sold: PostedBill) -> None:
    note_id = uuid7()
    for _ in range(2):
        take_back(shop, sold, id=note_id)

    assert ProviderRefund.objects.count() == OutboxEvent.objects.filter(topic="refund.asked").count() == 1


def test_the_owner_sees_it_and_asks_again(shop: Shop, till: Client, sold: PostedBill, provider: StandIn) -> None:
    note = take_back(shop, sold).note
    answer(provider, REFUSED)
    work(the_refund())
    listed = "/asha/admin/billing/providerrefund/"

    assert "has not enough balance" in till.get(listed).content.decode()
    assert note.number in till.get(f"{listed}{the_refund().pk}/change/").content.decode()
    assert "1 refund was refused" in till.get("/asha/admin/").content.decode()
    assert Api(shop).get(f"credit-notes/{note.pk}")[1]["refunds"][0]["provider_state"] == "failed"
    till.post(listed, {"action": "once_more", "_selected_action": str(the_refund().pk)})

    assert (the_refund().state, the_refund().times_asked) == ("asked", 2)


def test_checkout_takes_no_payment_that_has_gone_back(shop: Shop, provider: StandIn) -> None:
    intent = pay(shop, amount=Decimal("63.00"))
    hear(refunded(intent.reference, 6300))
    milk = shop.product("Milk", price="63.00", tracks_stock=False)
    sale = shop.sale(line(milk), id=intent.subject_id, payments=(Tender("upi", reference=intent.reference),))

    with pytest.raises(Exception, match="has not been confirmed"), transaction.atomic():
        checkout(sale, actor=shop.actor, at=NOON)
