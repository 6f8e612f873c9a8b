from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from billing.refusals import ExpiredLot, InsufficientStock, RecalledLot
from inventory.models import Lot, StockLevel, StockMove
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.operations.stock import NotEnoughStock
from pantrypal.core.access import Role
from pantrypal.core.errors import DomainError, Forbidden, Invalid, NotFound
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import NOON, Shop, line


def lot(shop: Shop, product, code: str, expires_on: str | None, quantity: str, **values: object) -> Lot:
    made = Lot.objects.create(product=product, code=code, expires_on=expires_on, **values)
    shop.stock(product, quantity, lot=made.pk)
    return made


def on_hand(made: Lot) -> Decimal:
    return StockLevel.objects.get(lot=made).on_hand


def test_a_sale_takes_the_lot_that_expires_first(shop: Shop) -> None:
    milk = shop.product(tracks_lots=True)
    late = lot(shop, milk, "LATE", "2026-04-01", "5")
    soon = lot(shop, milk, "SOON", "2026-03-05", "2")
    never = lot(shop, milk, "NEVER", None, "5")

    shop.sell(line(milk, "3"))

    assert (on_hand(soon), on_hand(late), on_hand(never)) == (0, Decimal("4.000"), Decimal("5.000"))
    assert sorted(StockMove.objects.filter(kind="sale").values_list("lot__code", "quantity")) == [
        ("LATE", Decimal("-1.000")),
        ("SOON", Decimal("-2.000")),
    ]


def test_a_lot_may_be_sold_on_its_last_day_and_not_after(shop: Shop) -> None:
    milk = shop.product("Milk 1 l")
    lot(shop, milk, "A", "2026-03-02", "1")
    lot(shop, milk, "B", "2026-03-01", "1")

    shop.sell(line(milk))
    with pytest.raises(ExpiredLot, match="What is left of Milk 1 l expired on March 1, 2026 and must not be sold."):
        shop.sell(line(milk))


def test_a_recalled_lot_is_refused(shop: Shop) -> None:
    milk = shop.product("Milk 1 l")
    lot(shop, milk, "A", None, "1", recalled_at=NOON)

    with pytest.raises(RecalledLot, match="Milk 1 l has been recalled"):
        shop.sell(line(milk))


def test_a_store_that_allows_it_sells_below_zero(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "1")
    shop.store.stock_policy = "allow"

    shop.sell(line(milk, "3"))

    assert shop.on_hand(milk) == Decimal("-2.000")
    shop.store.stock_policy = "block"
    with pytest.raises(InsufficientStock):
        shop.sell(line(milk))


def test_the_average_cost_moves_with_each_receipt(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "10", cost="40")
    shop.stock(milk, "5", cost="46")

    level = StockLevel.objects.get(product=milk)
    assert (level.on_hand, level.average_cost) == (Decimal("15.000"), Decimal("42.0000"))


def test_a_level_is_the_sum_of_its_moves(shop: Shop) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    shop.sell(line(milk, "3"), line(milk, "2"))
    adjust_stock([Adjustment(milk.pk, Decimal("-1"), "broken")], store=shop.store, actor=shop.actor, at=NOON)

    assert shop.on_hand(milk) == sum(StockMove.objects.values_list("quantity", flat=True), ZERO) == Decimal("4.000")


def test_an_adjustment_takes_expired_goods_too(shop: Shop) -> None:
    milk = shop.product()
    old = lot(shop, milk, "OLD", "2026-01-01", "3")
    new = lot(shop, milk, "NEW", "2026-06-01", "3")

    adjust_stock(
        [Adjustment(milk.pk, Decimal("-2"), "expired", lot=new.pk)], store=shop.store, actor=shop.actor, at=NOON
    )
    adjust_stock([Adjustment(milk.pk, Decimal("-3"), "expired")], store=shop.store, actor=shop.actor, at=NOON)

    assert (on_hand(old), on_hand(new)) == (0, Decimal("1.000"))


@pytest.mark.parametrize(
    ("quantity", "reason", "refusal"),
    [("-12", "lost", NotEnoughStock), ("0", "lost", Invalid), ("1", " ", Invalid)],
)
def test_an_unsound_adjustment_changes_nothing(
    shop: Shop, quantity: str, reason: str, refusal: type[DomainError]
) -> None:
    milk = shop.product()
    shop.stock(milk, "10")
    wrong = Adjustment(milk.pk, Decimal(quantity), reason)

    with pytest.raises(refusal), transaction.atomic():
        adjust_stock([Adjustment(milk.pk, Decimal(1), "found"), wrong], store=shop.store, actor=shop.actor, at=NOON)

    assert shop.on_hand(milk) == Decimal("10.000")


def test_what_was_never_there_cannot_be_written_off(shop: Shop) -> None:
    lines = [Adjustment(shop.product("Milk 1 l").pk, Decimal(-1), kind="theft")]

    with pytest.raises(NotEnoughStock, match="Only 0 of Milk 1 l are there."):
        adjust_stock(lines, store=shop.store, actor=shop.actor, at=NOON)


def test_a_product_of_somebody_else_cannot_be_adjusted(shop: Shop) -> None:
    with pytest.raises(NotFound):
        adjust_stock([Adjustment(uuid7(), Decimal(1), "found")], store=shop.store, actor=shop.actor, at=NOON)


def test_a_cashier_may_not_adjust(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        adjust_stock([], store=shop.store, actor=shop.actor_as(Role.CASHIER), at=NOON)


@pytest.mark.parametrize(
    "statement", ["UPDATE inventory_stockmove SET quantity = 0", "DELETE FROM inventory_stockmove"]
)
def test_the_ledger_cannot_be_rewritten(shop: Shop, statement: str) -> None:
    shop.stock(shop.product(), "10")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_stock_and_adjustments_through_the_api(shop: Shop) -> None:
    api, milk = Api(shop), shop.product(sku="MILK")
    Lot.objects.create(product=milk, code="L1", expires_on=date(2027, 3, 12))
    first = {"product": str(milk.pk), "quantity": "12", "reason": "opening", "lot": "L1", "unit_cost": "41.50"}

    status, answer = api.post("stock-adjustments", {"store": "B1", "lines": [first]})

    assert status == 201, answer
    row = {
        "store": "B1",
        "product": str(milk.pk),
        "sku": "MILK",
        "lot": "L1",
        "expires_on": "2027-03-12",
        "on_hand": "12.000",
        "average_cost": "41.5000",
    }
    assert answer["stock"] == [row]
    assert api.get(f"stock?store=B1&product={milk.pk}")[1] == {"results": [row], "next": None}
    short = {"product": str(milk.pk), "quantity": "-13", "reason": "lost"}
    assert api.post("stock-adjustments", {"store": "B1", "lines": [short]})[1]["code"] == "insufficient_stock"
    assert [move["quantity"] for move in api.get("stock-moves")[1]["results"]] == ["12.000"]
