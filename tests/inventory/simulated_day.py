"""Three shops on a busy day, as a customer would see them: what stands on the shelves, by an account of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from threading import Condition
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction

from billing.models import Register
from billing.operations.checkout import checkout
from billing.operations.returns import take_goods_back
from billing.queries import PostedBill
from billing.return_request import ReturnLine, ReturnRequest
from billing.sale import Basket, Sale, SaleLine, Tender
from inventory.delivery import Charge, DeliveredGoods, Delivery
from inventory.models import StockCount, StockMove, Supplier, Transfer
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.operations.count_posting import post_count
from inventory.operations.goods_receipts import receive_goods
from inventory.operations.stock import Goods, Source, add_stock
from inventory.operations.stock_counts import Scan, record_scan
from inventory.operations.supplier_returns import ReturnedGoods, return_to_supplier
from inventory.operations.transfers import Wanted, receive_transfer, request_transfer, send_transfer
from pantrypal.core.models import Store
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop

Place = tuple[UUID, UUID]  # store and product
START = monotonic()


@dataclass
class Shelves:
    """What stands there (`shelf`) and what surely is in the books too (`booked`): people take only what is both.

    Goods are taken and counted at one moment each; the books hear of it later, when the transaction commits.
    """

    shelf: Counter[Place] = field(default_factory=Counter)
    booked: Counter[Place] = field(default_factory=Counter)
    under_way: set[UUID] = field(default_factory=set)
    change: Condition = field(default_factory=Condition)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=monotonic() - START)

    def take(self, store: Store, goods: dict[UUID, int]) -> tuple[datetime, UUID] | None:
        """Off the shelf; None where somebody else has it already."""
        places = {(store.pk, product): quantity for product, quantity in goods.items()}
        with self.change:
            if any(min(self.shelf[place], self.booked[place]) < quantity for place, quantity in places.items()):
                return None
            self.shelf.subtract(places)
            self.booked.subtract(places)
            return self._begun()

    def bring(self, store: Store, goods: dict[UUID, int]) -> tuple[datetime, UUID]:
        """Onto the shelf; the books follow."""
        with self.change:
            self.shelf.update({(store.pk, product): quantity for product, quantity in goods.items()})
            return self._begun()

    def see(self, store: Store, product: UUID) -> tuple[int, datetime]:
        with self.change:
            return self.shelf[store.pk, product], self.now()

    def when_committed(self, ticket: UUID, store: Store, came: dict[UUID, int] | None = None) -> None:
        def over() -> None:
            with self.change:
                self.booked.update({(store.pk, product): quantity for product, quantity in (came or {}).items()})
                self.under_way.discard(ticket)
                self.change.notify_all()

        transaction.on_commit(over)

    def wait_for_what_was_begun(self) -> None:
        with self.change:
            begun = set(self.under_way)
            assert self.change.wait_for(lambda: not begun & self.under_way, timeout=60)

    def _begun(self) -> tuple[datetime, UUID]:
        ticket = uuid7()
        self.under_way.add(ticket)
        return self.now(), ticket


@dataclass
class Day:
    """What people do on it; each is a job with a transaction of its own."""

    shop: Shop
    stores: list[Store]
    products: list[UUID]
    supplier: Supplier
    shelves: Shelves = field(default_factory=Shelves)
    sold: list[tuple[Register, Store, PostedBill]] = field(default_factory=list)

    def open(self, store: Store, quantity: int) -> None:
        goods = dict.fromkeys(self.products, quantity)
        at, ticket = self.shelves.bring(store, goods)
        lines = [Goods(product, Decimal(quantity), None, Decimal("41.5")) for product in goods]
        add_stock(lines, store=store.pk, kind=StockMove.Kind.OPENING, source=Source("test", uuid7(), "clerk", at))
        self.shelves.when_committed(ticket, store, goods)

    def sale(self, register: Register, store: Store, chance: Random) -> Callable[[], Any]:
        basket = {product: chance.randrange(1, 4) for product in chance.sample(self.products, chance.randrange(1, 6))}

        def sell() -> None:
            taken = self.shelves.take(store, basket)
            if taken is None:
                return
            at, ticket = taken
            lines = tuple(SaleLine(quantity=Decimal(n), product=product) for product, n in basket.items())
            sale = Sale(uuid7(), register, Basket(store, lines), (Tender("cash"),))
            posted = checkout(sale, actor=self.shop.actor, at=at)
            self.shelves.when_committed(ticket, store)
            transaction.on_commit(lambda: self.sold.append((register, store, posted)))

        return sell

    def hoarder(self, register: Register, store: Store) -> Callable[[], Any]:
        """Wants more than there can be; is refused and has taken nothing."""
        lines = (SaleLine(quantity=Decimal(9_999), product=self.products[0]),)

        def sell() -> PostedBill:
            sale = Sale(uuid7(), register, Basket(store, lines), (Tender("cash"),))
            return checkout(sale, actor=self.shop.actor, at=self.shelves.now())

        return sell

    def customer_brings_back(self) -> None:
        if not self.sold:
            return
        register, store, posted = self.sold.pop()
        line = posted.lines[0]
        goods = {line.product_id: 1}
        at, ticket = self.shelves.bring(store, goods)
        asked = ReturnRequest(
            uuid7(), posted.bill, store, register, "does not like it", (ReturnLine(line.pk, Decimal(1)),)
        )
        take_goods_back(asked, actor=self.shop.actor, at=at)
        self.shelves.when_committed(ticket, store, goods)

    def delivery(self, store: Store, chance: Random) -> Callable[[], Any]:
        """At costs of its own, with freight."""
        goods = {product: chance.randrange(5, 20) for product in chance.sample(self.products, 6)}
        costs = {product: Decimal(chance.randrange(3500, 4800)) / 100 for product in goods}

        def receive() -> None:
            at, ticket = self.shelves.bring(store, goods)
            lines = [DeliveredGoods(product, Decimal(n), costs[product]) for product, n in goods.items()]
            charges = [Charge("Freight", Decimal("75.00"))]
            delivery = Delivery(uuid7(), store, self.supplier, lines, charges=charges, accepts_costs=True)
            receive_goods(delivery, actor=self.shop.actor, at=at)
            self.shelves.when_committed(ticket, store, goods)

        return receive

    def goes_back_to_the_supplier(self, store: Store, chance: Random) -> Callable[[], Any]:
        goods = {product: chance.randrange(1, 3) for product in chance.sample(self.products, 2)}

        def send() -> None:
            if (taken := self.shelves.take(store, goods)) is None:
                return
            at, ticket = taken
            lines = [ReturnedGoods(product, Decimal(quantity)) for product, quantity in goods.items()]
            return_to_supplier(
                lines, supplier=self.supplier, store=store, reason="Leaking", actor=self.shop.actor, at=at
            )
            self.shelves.when_committed(ticket, store)

        return send

    def falls_down(self, store: Store, chance: Random) -> Callable[[], Any]:
        goods = {chance.choice(self.products): 1}

        def write_off() -> None:
            if (taken := self.shelves.take(store, goods)) is None:
                return
            at, ticket = taken
            lines = [Adjustment(product, Decimal(-1), kind="damage") for product in goods]
            adjust_stock(lines, store=store, actor=self.shop.actor, at=at)
            self.shelves.when_committed(ticket, store)

        return write_off

    def transfer(self, here: Store, there: Store, chance: Random) -> list[Callable[[], Any]]:
        goods = {product: chance.randrange(1, 4) for product in chance.sample(self.products, 4)}
        sent: list[Transfer] = []

        def send() -> None:
            taken = self.shelves.take(here, goods)
            if taken is None:
                return
            at, ticket = taken
            wanted = [Wanted(product, Decimal(quantity)) for product, quantity in goods.items()]
            given = {"actor": self.shop.actor, "at": at}
            transfer = request_transfer(wanted, source=here, target=there, **given)
            sent.append(send_transfer(transfer, source=here, **given))
            self.shelves.when_committed(ticket, here)

        def receive() -> None:
            for transfer in sent:
                at, ticket = self.shelves.bring(there, goods)
                receive_transfer(transfer, target=there, actor=self.shop.actor, at=at)
                self.shelves.when_committed(ticket, there, goods)

        return [send, receive]

    def look(self, count: StockCount, store: Store, product: UUID) -> Callable[[], Any]:
        def scan() -> None:
            seen, at = self.shelves.see(store, product)
            record_scan(count, Scan(uuid7(), product, Decimal(seen), at=at), actor=self.shop.actor, at=at)

        return scan

    def post(self, count: StockCount) -> Callable[[], Any]:
        """As a manager does some time after the last shelf: what was paid by then is in the books."""

        def posting() -> None:
            self.shelves.wait_for_what_was_begun()
            post_count(count, actor=self.shop.actor, at=self.shelves.now())

        return posting
