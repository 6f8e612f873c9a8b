"""Goods between two stores: asked for, sent, on their way, received with what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from catalog.models import Product
from inventory.models import Lot, StockLevel, StockMove, Transfer, TransferredGoods
from inventory.operations.stock import NotEnoughStock
from inventory.operations.transfers import (
    Arrived,
    Wanted,
    cancel_transfer,
    receive_transfer,
    request_transfer,
    send_transfer,
)
from inventory.refusals import TransferMovedOn
from pantrypal.core.actor import Actor
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.models import Store
from pantrypal.core.operations.organizations import create_store
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.shop import NOON, Shop


@pytest.fixture
def other(shop: Shop) -> Store:
    return create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 1 l", sku="MILK", tracks_lots=True)
    for code, day, cost in (("OLD", "2126-03-05", "40"), ("NEW", "2126-03-09", "46")):
        lot = Lot.objects.create(product=product, code=code, expires_on=day)
        shop.stock(product, "5", lot=lot.pk, cost=cost)
    return product


def asked(shop: Shop, other: Store, product: Product, quantity: str = "7") -> Transfer:
    wanted = [Wanted(product.pk, Decimal(quantity))]
    return request_transfer(wanted, source=shop.store, target=other, actor=shop.actor, at=NOON)


def sent(shop: Shop, other: Store, product: Product, quantity: str = "7") -> Transfer:
    return send_transfer(asked(shop, other, product, quantity), source=shop.store, actor=shop.actor, at=NOON)


def stock_of(store: Store) -> list[tuple[str, Decimal, Decimal]]:
    levels = StockLevel.objects.filter(store_id=store.pk).order_by("lot__expires_on")
    return list(levels.values_list("lot__code", "on_hand", "average_cost"))


def test_what_is_sent_is_in_neither_store_until_it_is_received(shop: Shop, other: Store, milk: Product) -> None:
    transfer = sent(shop, other, milk)
    assert (transfer.number, transfer.status) == ("TRB1-25-0000001", "sent")
    assert stock_of(shop.store) == [("OLD", 0, 40), ("NEW", 3, 46)]
    assert stock_of(other) == []

    receive_transfer(transfer, target=other, actor=shop.actor, at=NOON)

    assert stock_of(other) == [("OLD", 5, 40), ("NEW", 2, 46)]
    moves = StockMove.objects.filter(document_id=transfer.pk)
    assert sum(move.quantity for move in moves) == 0
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="transfer").order_by("id")] == [
        "transfer.requested",
        "transfer.sent",
        "transfer.received",
    ]
    assert OutboxEvent.objects.get(topic="transfer.sent").payload["to_store"] == str(other.pk)


def test_what_did_not_arrive_is_the_receivers_loss_with_its_reason(shop: Shop, other: Store, milk: Product) -> None:
    transfer = sent(shop, other, milk)
    old, new = TransferredGoods.objects.filter(transfer=transfer).order_by("-quantity")
    arrived = {old.pk: Arrived(Decimal(3), "two bottles broken"), new.pk: Arrived(Decimal(2))}

    receive_transfer(transfer, target=other, arrived=arrived, actor=shop.actor, at=NOON)

    assert stock_of(other) == [("OLD", 3, 40), ("NEW", 2, 46)]
    loss = StockMove.objects.get(kind="theft")
    assert (loss.quantity, loss.unit_cost) == (Decimal("-2.000"), Decimal("40.0000"))
    assert loss.reason == f"Transfer {transfer.number}: two bottles broken"


def test_more_than_was_sent_is_taken_too(shop: Shop, other: Store, milk: Product) -> None:
    transfer = sent(shop, other, milk, "5")
    (some,) = TransferredGoods.objects.filter(transfer=transfer)

    receive_transfer(transfer, target=other, arrived={some.pk: Arrived(Decimal(6))}, actor=shop.actor, at=NOON)

    assert stock_of(other) == [("OLD", 6, 40)]
    assert StockMove.objects.get(kind="adjustment").quantity == 1


def test_less_may_be_sent_than_was_asked_for_but_not_more_than_is_there(
    shop: Shop, other: Store, milk: Product
) -> None:
    transfer = asked(shop, other, milk, "12")
    with pytest.raises(NotEnoughStock, match="Only 10 of Milk 1 l are there."), transaction.atomic():
        send_transfer(transfer, source=shop.store, actor=shop.actor, at=NOON)
    (line,) = transfer.lines.all()

    send_transfer(transfer, source=shop.store, quantities={line.pk: Decimal(4)}, actor=shop.actor, at=NOON)

    assert shop.on_hand(milk) == Decimal("6.000")


def test_each_step_is_taken_once(shop: Shop, other: Store, milk: Product) -> None:
    transfer = sent(shop, other, milk)
    with pytest.raises(TransferMovedOn):
        send_transfer(transfer, source=shop.store, actor=shop.actor, at=NOON)
    with pytest.raises(TransferMovedOn):
        cancel_transfer(transfer, actor=shop.actor, at=NOON)
    receive_transfer(transfer, target=other, actor=shop.actor, at=NOON)
    with pytest.raises(TransferMovedOn):
        receive_transfer(transfer, target=other, actor=shop.actor, at=NOON)
    assert sum(quantity for _lot, quantity, _cost in stock_of(other)) == 7


def test_each_store_does_its_own_part(shop: Shop, other: Store, milk: Product) -> None:
    there = Actor("user", "9", "Ravi", shop.org.pk, shop.actor.permissions, stores=frozenset({other.pk}))
    wanted = [Wanted(milk.pk, Decimal(1))]
    transfer = request_transfer(wanted, source=shop.store, target=other, actor=there, at=NOON)

    with pytest.raises(Forbidden):
        send_transfer(transfer, source=shop.store, actor=there, at=NOON)
    send_transfer(transfer, source=shop.store, actor=shop.actor, at=NOON)
    receive_transfer(transfer, target=other, actor=there, at=NOON)


@pytest.mark.parametrize("quantities", [[], ["0"], ["-1"], ["NaN"], ["1", "2"]])
def test_unsound_requests_are_refused(shop: Shop, other: Store, milk: Product, quantities: list[str]) -> None:
    wanted = [Wanted(milk.pk, Decimal(quantity)) for quantity in quantities]

    with pytest.raises(Invalid):
        request_transfer(wanted, source=shop.store, target=other, actor=shop.actor, at=NOON)
    with pytest.raises(Invalid):
        request_transfer([Wanted(milk.pk, Decimal(1))], source=other, target=other, actor=shop.actor, at=NOON)
    assert not Transfer.objects.exists()


def test_transfers_through_the_api(shop: Shop, other: Store, milk: Product) -> None:
    api = Api(shop)
    body = {"from": "B1", "to": "B2", "lines": [{"product": str(milk.pk), "quantity": "7"}]}

    status, made = api.post("transfers", body)
    assert status == 201, made
    assert (made["status"], made["goods"]) == ("requested", [])
    _status, on_its_way = api.post(f"transfers/{made['id']}/send", {})
    assert [(part["lot"], part["quantity"]) for part in on_its_way["goods"]] == [("OLD", "5.000"), ("NEW", "2.000")]
    assert api.get("transfers?status=sent")[1]["results"] == [on_its_way]
    short = {"goods": [{"id": on_its_way["goods"][0]["id"], "received": "4", "reason": "broken"}]}
    assert api.post(f"transfers/{made['id']}/receive", short)[0] == 400  # the other part is not named

    short["goods"].append({"id": on_its_way["goods"][1]["id"], "received": "2"})
    status, done = api.post(f"transfers/{made['id']}/receive", short)

    assert status == 200, done
    assert [part["received"] for part in done["goods"]] == ["4.000", "2.000"]
    assert api.post(f"transfers/{made['id']}/receive", {})[1]["code"] == "transfer_moved_on"
