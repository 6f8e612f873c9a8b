"""Payments confirmed by a provider: once, for the right amount, in the right order, by nobody else."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from billing.links import callback_address
from billing.models import Bill, PaymentAccount, PaymentIntent, PaymentNotice
from billing.operations.asked_payments import (
    ProviderUnavailable,
    ask_for_payment,
    save_payment_account,
    take_notice,
)
from billing.operations.checkout import checkout
from billing.providers import provider_of
from billing.refusals import PaymentNotConfirmed
from billing.sale import Tender
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.billing.razorpay_events import WEBHOOK_KEY, captured, credited, failed, refunded, signed
from tests.shop import NOON, Shop, line
from tests.stand_in import stand_in
from tests.threads import all_at_once

CODE = {
    "id": "qr_HO2jGkWReVBMNu",
    "image_url": "https://rzp.io/i/BWcUVrLp",
    "image_content": "upi://pay?pa=x@icici&am=63",
}


@pytest.fixture
def account(shop: Shop) -> PaymentAccount:
    keys = {"key": "secret", "webhook_key": WEBHOOK_KEY}
    return save_payment_account(PaymentAccount(key_id="rzp_test_1"), **keys, actor=shop.actor, at=NOON)


def ask(shop: Shop, **values: Any) -> PaymentIntent:
    values = {"subject": uuid7(), "method": "upi", "amount": Decimal("63.00")} | values
    return ask_for_payment(store=shop.store, register=shop.register, actor=shop.actor, at=NOON, **values)


@pytest.fixture
def intent(shop: Shop, account: PaymentAccount, settings) -> PaymentIntent:
    with stand_in((200, CODE)) as provider:
        settings.RAZORPAY_URL = provider.url
        return ask(shop)


def tell(client: Client, account: PaymentAccount, event: dict[str, Any], key: str = WEBHOOK_KEY) -> int:
    body, headers = signed(event, key)
    path = callback_address(account.org_id, account.pk).partition("/api/")[2]
    return client.generic(
        "POST", f"/api/{path}", body, content_type="application/json", headers=headers
    ).status_code  # fmt: skip


def test_a_store_without_a_provider_shows_its_own_upi_code(shop: Shop) -> None:
    shop.store.upi_id = "asha@okbank"

    asked = ask(shop)

    assert asked.link == f"upi://pay?pa=asha@okbank&pn=Asha&tr={asked.reference}&am=63.00&cu=INR"
    assert ask(shop, subject=asked.subject_id) == asked
    with pytest.raises(Invalid):
        ask(shop, amount=Decimal(0))


def test_the_provider_makes_a_code_for_this_payment_alone(shop: Shop, account: PaymentAccount, settings) -> None:
    with stand_in((200, CODE)) as provider:
        settings.RAZORPAY_URL = provider.url
        asked = ask(shop)

    (request,) = provider.received
    assert (request.method, request.path) == ("POST", "/v1/payments/qr_codes")
    sent = json.loads(request.body)
    assert (sent["payment_amount"], sent["usage"], sent["fixed_amount"]) == (6300, "single_use", True)
    assert sent["notes"] == {"reference": asked.reference}
    assert request.headers["Authorization"].startswith("Basic ")
    assert (asked.provider_id, asked.link) == (CODE["id"], CODE["image_content"])


@pytest.mark.parametrize("answer", [(500, {}), (400, {"error": {"description": "no", "code": "BAD_REQUEST_ERROR"}})])
def test_a_provider_that_is_down_is_said_and_nothing_is_written(
    shop: Shop, account: PaymentAccount, settings, answer: tuple[int, Any]
) -> None:
    with stand_in(answer) as provider:
        settings.RAZORPAY_URL = provider.url
        with pytest.raises(ProviderUnavailable):
            ask(shop)

    assert not PaymentIntent.objects.exists()


def test_a_signed_callback_confirms_the_payment_once(
    shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client
) -> None:
    event = credited(CODE["id"], 6300)

    answers = [tell(client, account, event) for _ in range(3)]

    assert answers == [204, 204, 204]
    intent.refresh_from_db()
    assert (intent.state, intent.payment_id) == ("paid", "pay_HMtDKn3TnF4D8x")
    assert PaymentNotice.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="payment.paid").count() == 1


def test_a_forged_callback_confirms_nothing(
    shop: Shop, other_shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client
) -> None:
    event = captured(intent.reference, 6300)
    strange = PaymentAccount(pk=uuid7(), org_id=shop.org.pk)

    assert tell(client, account, event, key="guessed") == 400
    assert tell(client, strange, event) == 404
    assert client.post("/api/callbacks/nonsense/", {}).status_code == 404
    assert tell(client, account, captured("PPUNKNOWN", 6300)) == 404

    intent.refresh_from_db()
    assert intent.state == "waiting"
    assert not PaymentNotice.objects.exists()


@pytest.mark.parametrize(("paise", "currency"), [(6299, "INR"), (630000, "INR"), (6300, "USD")])
def test_another_amount_confirms_nothing_and_is_told(
    shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client, paise: int, currency: str
) -> None:
    assert tell(client, account, captured(intent.reference, paise, currency=currency)) == 204

    intent.refresh_from_db()
    assert intent.state == "waiting"
    assert OutboxEvent.objects.get(topic="payment.mismatch").payload["reference"] == intent.reference
    assert AuditEntry.objects.get(action="payment.paid").data["outcome"] == "mismatch"


def test_what_comes_out_of_order_takes_nothing_back(
    shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client
) -> None:
    for event in (failed(intent.reference, 6300), captured(intent.reference, 6300), failed(intent.reference, 6300)):
        tell(client, account, event)
    late_failure = failed(intent.reference, 6300) | {"created_at": 1}
    tell(client, account, late_failure)
    intent.refresh_from_db()
    assert intent.state == "paid"

    tell(client, account, refunded(intent.reference, 6300))
    tell(client, account, captured(intent.reference, 6300, payment="pay_again"))

    intent.refresh_from_db()
    assert intent.state == "refunded"
    assert list(PaymentNotice.objects.order_by("id").values_list("state", "outcome")) == [
        ("failed", "taken"),
        ("paid", "taken"),
        ("failed", "late"),
        ("refunded", "taken"),
        ("paid", "late"),
    ]


def test_a_sale_takes_a_confirmed_payment_of_its_own_only(
    shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client
) -> None:
    milk = shop.product(price="63.00", tracks_stock=False)
    by_upi = (Tender("upi", reference=intent.reference),)

    def sell(**values: Any) -> Any:
        with transaction.atomic():
            return checkout(shop.sale(line(milk), payments=by_upi, **values), actor=shop.actor, at=NOON)

    with pytest.raises(PaymentNotConfirmed, match="has not been confirmed yet"):
        sell(id=intent.subject_id)
    tell(client, account, captured(intent.reference, 6300))
    with pytest.raises(PaymentNotConfirmed, match="is not one of this sale"):
        sell()
    assert sell(id=intent.subject_id).payments[0].reference == intent.reference
    assert Bill.objects.count() == 1


def test_a_confirmed_payment_pays_its_own_amount(
    shop: Shop, account: PaymentAccount, intent: PaymentIntent, client: Client
) -> None:
    tell(client, account, captured(intent.reference, 6300))
    dear = shop.product(price="99.00", tracks_stock=False)
    by_upi = (Tender("upi", reference=intent.reference),)

    with pytest.raises(PaymentNotConfirmed):
        shop.sell(line(dear), payments=by_upi, id=intent.subject_id)
    split = (Tender("upi", amount=Decimal("63.00"), reference=intent.reference), Tender("cash"))
    assert shop.sell(line(dear), payments=split, id=intent.subject_id).bill.total == Decimal("99.00")


def test_fifty_callbacks_at_once_confirm_once(committed_shop: Shop, settings) -> None:
    shop = committed_shop
    with transaction.atomic(), stand_in((200, CODE)) as provider:
        settings.RAZORPAY_URL = provider.url
        keys = {"key": "secret", "webhook_key": WEBHOOK_KEY}
        account = save_payment_account(PaymentAccount(key_id="rzp"), **keys, actor=shop.actor, at=NOON)
        intent = ask(shop)
    notice = provider_of(account).read(*signed(captured(intent.reference, 6300)))
    assert notice is not None

    all_at_once(shop.org.pk, [lambda: take_notice(notice, account=account, at=NOON)] * 50)

    with transaction.atomic():
        assert PaymentNotice.objects.filter(intent=intent).count() == 1
        assert OutboxEvent.objects.filter(topic="payment.paid").count() == 1
        assert PaymentIntent.objects.get(pk=intent.pk).state == "paid"


def test_the_keys_lie_sealed_in_the_database(shop: Shop, account: PaymentAccount) -> None:
    kept = PaymentAccount.objects.values("sealed_key", "sealed_webhook_key").get()

    assert WEBHOOK_KEY not in json.dumps(kept)
    assert PaymentAccount.objects.get().webhook_key == WEBHOOK_KEY
    account.key_id = "rzp_test_2"
    save_payment_account(account, key="", webhook_key="", actor=shop.actor, at=NOON)
    assert PaymentAccount.objects.get().key == "secret"


def test_the_api_asks_and_tells_how_it_stands(shop: Shop, till: Client, intent: PaymentIntent) -> None:
    api = Api(shop)
    shop.org.refresh_from_db()

    status, answer = api.get(f"payment-intents/{intent.pk}")

    assert (status, answer["state"], answer["is_confirmed_by_provider"]) == (200, "waiting", True)
    page = till.get(f"/asha/admin/billing/paymentintent/{intent.pk}/change/")
    assert (page.status_code, intent.reference in page.content.decode()) == (200, True)
    page = till.get(f"/asha/admin/billing/paymentaccount/{intent.account_id}/change/").content.decode()
    assert "/api/callbacks/" in page
    assert WEBHOOK_KEY not in page
