"""Numbers without a gap: over the fiscal year, and of sales made off line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse

from billing.chain_check import check_chains
from billing.http import remember_device
from billing.ledger_check import check_documents
from billing.models import Bill, DocumentSeries, RegisterDevice
from billing.operations.pairing import pair_device, unpair
from billing.operations.registers import create_register
from billing.queries import PostedBill, offline_next
from billing.refusals import NotPaired, OfflineGap
from billing.sale import Offline, Tender
from catalog.models import Product
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once

MARCH = datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)  # a second before the new fiscal year in Kolkata
APRIL = MARCH + timedelta(seconds=1)


def test_the_year_of_a_number_turns_at_midnight_of_the_store(shop: Shop) -> None:
    milk = shop.product(tracks_stock=False)

    numbers = [shop.sell(line(milk), at=at).bill.number for at in (MARCH, APRIL)]

    assert numbers == ["B1A-25-0000001", "B1A-26-0000001"]
    assert all(len(number) <= 16 for number in numbers)


# -- off line ---------------------------------------------------------------------------------------


@pytest.fixture
def device(shop: Shop) -> RegisterDevice:
    return pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)[0]


@pytest.fixture
def milk(shop: Shop) -> Product:
    return shop.product("Milk", price="63.00", tracks_stock=False)


def send(shop: Shop, milk: Product, device: RegisterDevice | None, sequence: int, **values: object) -> PostedBill:
    """The till is on line again and sends what it has sold."""
    offline = Offline(device, sequence, bool(values.pop("renumber", False)))
    values.setdefault("occurred_at", NOON - timedelta(hours=1))
    at = values.pop("at", NOON)
    return shop.sell(line(milk), offline=offline, payments=(Tender("cash"),), at=at, **values)


def test_sales_made_off_line_keep_the_numbers_on_their_paper(shop: Shop, device: RegisterDevice, milk: Product) -> None:
    sent = [send(shop, milk, device, number).bill for number in (1, 2, 3)]
    shop.sell(line(milk))

    assert [bill.number for bill in sent] == ["FB1A-25-0000001", "FB1A-25-0000002", "FB1A-25-0000003"]
    assert {bill.printed_number for bill in sent} == {""}
    assert offline_next([shop.register]) == {shop.register.pk: {2025: 4}}
    assert Bill.objects.get(number="B1A-25-0000001")
    assert [*check_chains(), *check_documents()] == []


def test_a_sale_sent_twice_is_one_bill(shop: Shop, device: RegisterDevice, milk: Product) -> None:
    bill_id = uuid7()
    first = send(shop, milk, device, 1, id=bill_id)
    again = send(shop, milk, device, 1, id=bill_id)

    assert again.is_repeat
    assert again.bill.number == first.bill.number
    assert RegisterDevice.objects.get().revoked_at is None


def test_a_late_sale_of_march_lands_in_marchs_fiscal_year(shop: Shop, device: RegisterDevice, milk: Product) -> None:
    send(shop, milk, device, 1, occurred_at=APRIL, at=APRIL + timedelta(hours=2))
    late = send(shop, milk, device, 1, occurred_at=MARCH, at=APRIL + timedelta(days=2)).bill

    assert (late.number, late.document_date.isoformat()) == ("FB1A-25-0000001", "2026-03-31")
    assert {
        series.fiscal_year: series.last_number for series in DocumentSeries.objects.filter(kind="offline_bill")
    } == {
        2025: 1,
        2026: 1,
    }


def test_a_number_too_high_waits_for_those_before_it(shop: Shop, device: RegisterDevice, milk: Product) -> None:
    send(shop, milk, device, 1)

    with pytest.raises(OfflineGap) as refusal:
        send(shop, milk, device, 3)
    assert refusal.value.data["expected"] == 2

    lost = send(shop, milk, device, 3, renumber=True).bill
    assert (lost.number, lost.printed_number) == ("B1A-25-0000001", "FB1A-25-0000003")
    assert send(shop, milk, device, 2).bill.number == "FB1A-25-0000002"


def test_two_devices_with_one_pairing_are_found_out_and_no_sale_is_lost(
    shop: Shop, device: RegisterDevice, milk: Product
) -> None:
    first = send(shop, milk, device, 1).bill
    clone = send(shop, milk, device, 1).bill
    later = send(shop, milk, device, 2).bill

    assert (clone.number, clone.printed_number) == ("B1A-25-0000001", "FB1A-25-0000001")
    assert (later.number, later.printed_number) == ("B1A-25-0000002", "FB1A-25-0000002")
    event = OutboxEvent.objects.get(topic="device.cloned").payload
    assert (event["number"], event["bill"], event["other_bill"]) == (first.number, str(clone.pk), str(first.pk))
    assert AuditEntry.objects.get(action="device.cloned").data["device"] == "Blue tablet"
    assert RegisterDevice.objects.get().revoked_at is not None
    anew, _token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    assert send(shop, milk, anew, 2).bill.number == "FB1A-25-0000002"
    assert [*check_chains(), *check_documents()] == []


def test_a_device_unpaired_meanwhile_still_delivers_what_it_has_sold(
    shop: Shop, device: RegisterDevice, milk: Product
) -> None:
    unpair(device=device, actor=shop.actor, at=NOON)

    assert send(shop, milk, device, 1).bill.printed_number == "FB1A-25-0000001"


def test_only_the_registers_own_device_writes_its_offline_series(shop: Shop, milk: Product) -> None:
    other = create_register(store=shop.store, code="B", name="Counter B", actor=shop.actor, at=NOON)
    stranger, _token = pair_device(register=other, name="Red tablet", actor=shop.actor, at=NOON)

    for device in (None, stranger):
        with pytest.raises(NotPaired):
            send(shop, milk, device, 1)
    assert not Bill.objects.exists()


def test_a_device_whose_clock_is_ahead_sells_nothing_tomorrow(
    shop: Shop, device: RegisterDevice, milk: Product
) -> None:
    bill = send(shop, milk, device, 1, occurred_at=NOON + timedelta(days=40)).bill

    assert bill.document_date == shop.store.document_date(NOON)
    assert bill.number == "FB1A-25-0000001"


def test_a_queue_emptied_by_eight_connections_at_once_is_numbered_in_order(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product(price="63.00", tracks_stock=False)
        device, _token = pair_device(register=shop.register, name="Till", actor=shop.actor, at=NOON)
    ids = {number: uuid7() for number in range(1, 21)}

    def deliver(number: int) -> PostedBill:
        return send(shop, milk, device, number, id=ids[number])

    for _round in range(20):
        all_at_once(shop.org.pk, [lambda n=n: deliver(n) for n in ids], clients=8)
        with transaction.atomic():
            if Bill.objects.count() == len(ids):
                break

    with transaction.atomic():
        numbers = Bill.objects.order_by("sequence").values_list("sequence", "pk")
        assert list(numbers) == list(ids.items())
        assert RegisterDevice.objects.get().revoked_at is None


def test_the_device_sends_its_sales_through_the_api_and_shows_its_cookie(shop: Shop, milk: Product) -> None:
    _device, token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    shown = HttpResponse()
    remember_device(shown, token)
    body = {"store": "B1", "register": "A", "lines": [{"product": str(milk.pk), "quantity": "1"}]}
    body |= {"payments": [{"method": "cash"}], "occurred_at": "2026-03-02T05:00:00Z", "offline_sequence": 1}
    stranger, device = Api(shop), Api(shop)
    device.client.cookies.update(shown.cookies)

    assert stranger.post("bills", body)[1]["code"] == "not_paired"
    status, bill = device.post("bills", body)
    gap_status, gap = device.post("bills", body | {"offline_sequence": 5})

    assert (status, bill["number"], bill["printed_number"]) == (201, "FB1A-25-0000001", "")
    assert (gap_status, gap["code"]) == (409, "offline_gap")
    (register,) = device.get("registers")[1]["results"]
    assert (register["device"], register["offline_next"]) == ("Blue tablet", {"2025": 2})
