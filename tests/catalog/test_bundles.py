from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from billing.models import CreditNoteLine
from billing.operations.returns import take_goods_back
from billing.refusals import InsufficientStock
from billing.return_request import ReturnLine, ReturnRequest
from catalog.models import BundlePart, Product
from catalog.operations.bundles import PartInput
from catalog.operations.products import save_product
from inventory.models import GoodsReceipt, StockMove
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.refusals import BundleNotStocked
from pantrypal.core.errors import Invalid
from pantrypal.journal.models import AuditEntry
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.inventory.purchasing import delivered, receive, supplier
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once


def bundle(shop: Shop, name: str, *parts: tuple[Product, str], price: str = "100.00") -> Product:
    product = shop.product(name, price=price)
    given = [PartInput(part.pk, Decimal(quantity)) for part, quantity in parts]
    return save_product(product, org=shop.org, parts=given, actor=shop.actor, at=NOON)


@pytest.fixture
def puja(shop: Shop) -> tuple[Product, Product, Product]:
    """A kit of two camphor and a quarter kilo of flowers, and its parts."""
    camphor, flowers = shop.product("Camphor"), shop.product("Flowers", unit="kg", sold_by="weight")
    shop.stock(camphor, "10", cost="20")
    shop.stock(flowers, "1", cost="80")
    return bundle(shop, "Puja kit", (camphor, "2"), (flowers, "0.250")), camphor, flowers


def test_a_bundle_is_sold_at_its_own_price_and_takes_its_parts(shop: Shop, puja) -> None:
    kit, camphor, flowers = puja

    sold = shop.sell(line(kit, "2"))

    assert sold.bill.total == Decimal("200.00")
    assert (shop.on_hand(camphor), shop.on_hand(flowers), shop.on_hand(kit)) == (6, Decimal("0.500"), 0)
    sold.lines[0].refresh_from_db()
    assert sold.lines[0].cost == Decimal("120.0000")


def test_a_bundle_is_refused_by_the_part_that_is_missing_and_nothing_is_taken(shop: Shop, puja) -> None:
    kit, camphor, flowers = puja

    with pytest.raises(InsufficientStock, match="Only 1 of Flowers are left.") as refusal:
        shop.sell(line(kit, "5"))

    assert [short["name"] for short in refusal.value.data["items"]] == ["Flowers"]
    assert (shop.on_hand(camphor), shop.on_hand(flowers)) == (10, 1)


def test_bundles_and_loose_parts_of_one_bill_draw_on_the_same_stock(shop: Shop, puja) -> None:
    kit, camphor, _flowers = puja
    twins = bundle(shop, "Camphor twins", (camphor, "2"))

    with pytest.raises(InsufficientStock, match="Only 10 of Camphor are left."):
        shop.sell(line(kit, "2"), line(twins, "3"), line(camphor, "1"))
    shop.sell(line(kit, "2"), line(twins, "3"))

    assert shop.on_hand(camphor) == 0


def test_a_returned_bundle_brings_its_parts_back_piece_by_piece(shop: Shop, puja) -> None:
    kit, camphor, flowers = puja
    sold = shop.sell(line(kit, "3"))

    for quantity, left in (("1", (6, "0.500")), ("2", (10, "1.000"))):
        asked = ReturnLine(sold.lines[0].pk, Decimal(quantity), CreditNoteLine.Disposition.RESTOCK)
        request = ReturnRequest(
            id=uuid7(), bill=sold.bill, register=shop.register, store=shop.store, lines=(asked,), reason="Wrong kit"
        )
        take_goods_back(request, actor=shop.actor, at=NOON)
        assert (shop.on_hand(camphor), shop.on_hand(flowers)) == (left[0], Decimal(left[1]))
    assert set(StockMove.objects.filter(kind="return").values_list("product", "unit_cost")) == {
        (camphor.pk, Decimal("20.0000")),
        (flowers.pk, Decimal("80.0000")),
    }


def test_two_kits_that_share_a_part_cannot_oversell_it(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        shared = shop.product("Shared cup")
        shop.stock(shared, "4")
        kits = [bundle(shop, f"Kit {number}", (shared, "3")) for number in range(2)]

    outcomes = all_at_once(shop.org.pk, [lambda kit=kit: shop.sell(line(kit)) for kit in kits])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InsufficientStock", "PostedBill"]
    with transaction.atomic():
        assert shop.on_hand(shared) == 1


def test_the_scan_tells_how_many_bundles_the_parts_make(shop: Shop, puja) -> None:
    kit, _camphor, _flowers = puja
    with time_machine.travel(NOON, tick=False):
        _status, answer = Api(shop).get(f"scan?store=B1&code={kit.sku}")
    assert answer["stock"] == "4.000"


def test_a_bundle_holds_no_bundle_no_twins_and_no_half_pieces(shop: Shop, puja) -> None:
    kit, camphor, _flowers = puja
    for parts, sentence in (
        ([(kit, "1")], "“Puja kit” is a bundle and cannot be a part of one."),
        ([(camphor, "1"), (camphor, "2")], "The same product is given twice."),
        ([(camphor, "0.5")], "“Camphor” is sold by the piece"),
        ([(camphor, "0")], "Ensure this value is greater than or equal to 0.001."),
    ):
        with pytest.raises(Invalid, match=sentence):
            bundle(shop, "Another", *parts)
    with pytest.raises(Invalid, match="“Camphor” is a part of another bundle"):
        save_product(camphor, org=shop.org, parts=[PartInput(kit.pk)], actor=shop.actor, at=NOON)


def test_the_back_office_keeps_the_parts_of_a_bundle(shop: Shop, till: Client, puja) -> None:
    kit, camphor, flowers = puja
    page = till.get(f"/asha/admin/catalog/product/{kit.pk}/change/").content.decode()
    assert "Parts of the bundle" in page

    save_product(kit, org=shop.org, parts=[], actor=shop.actor, at=NOON)

    assert not BundlePart.objects.exists()
    assert not Product.objects.get(pk=kit.pk).is_bundle
    entry = AuditEntry.objects.filter(action="product.changed", subject_id=str(kit.pk)).latest("id")
    assert entry.data["old"]["parts"] == ["0.25 × Flowers", "2 × Camphor"]
    assert camphor.pk != flowers.pk


def test_nothing_comes_into_stock_of_a_bundle_itself(shop: Shop, puja) -> None:
    kit, camphor, _ = puja
    found = [Adjustment(camphor.pk, Decimal(1), "found"), Adjustment(kit.pk, Decimal(1), "found")]
    sentence = "Puja kit is a bundle and has no stock of its own: please enter what is in it."
    before = StockMove.objects.count()

    with pytest.raises(BundleNotStocked) as refused:
        adjust_stock(found, store=shop.store, actor=shop.actor, at=NOON)
    with pytest.raises(BundleNotStocked):
        receive(shop, supplier(shop), delivered(kit, "1", "40"))
    with pytest.raises(BundleNotStocked):
        shop.stock(kit, "5", cost="20")

    assert (refused.value.code, refused.value.message) == ("bundle_not_stocked", sentence)
    assert StockMove.objects.count() == before
    assert not GoodsReceipt.objects.exists()
