"""Buying, from the suggestion to the shelf: an inventory manager at a desk, then with a phone at the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from inventory.models import GoodsReceipt, PurchaseOrder, StockLevel
from pantrypal.core.access import Role
from tests.browser.visitor import Visitor
from tests.inventory.purchasing import asks, delivered, receive, supplier
from tests.inventory.test_reorder import rule
from tests.shop import Shop

PHONE = "390x844"
CURD = "9520000000028"


class Scene:
    """A dairy that asks more for its milk than the last time, two products that run low, and who keeps the stock."""

    def __init__(self, shop: Shop) -> None:
        self.keeper = shop.member(Role.INVENTORY_MANAGER)
        self.dairy = supplier(shop, email="orders@nandini.example")
        self.milk, self.curd = shop.product("Milk 1 l"), shop.product("Curd 400 g", tracks_lots=True)
        shop.barcode(self.curd, CURD)
        receive(shop, self.dairy, delivered(self.milk, "2", "40.00"), delivered(self.curd, "2", "30.00", code="OLD"))
        asks(shop, self.dairy, self.milk, "510.00", "12")
        asks(shop, self.dairy, self.curd, "360.00", "12")
        for product in (self.milk, self.curd):
            rule(shop, product)


def order_what_is_suggested(desk: Visitor, slug: str) -> None:
    desk.open(f"/{slug}/admin/inventory/what-to-order/").sees("38 missing = 4 packs of 12.")
    desk.shoots("what-to-order").shoots("what-to-order", scheme="dark")
    desk.do(lambda page: page.get_by_role("button", name="Draft the orders").click())
    desk.sees("1 order is drafted.")
    desk.do(lambda page: page.get_by_role("link", name="POB1-").first.click())
    desk.sees("Nandini Dairy").shoots("purchase-order")
    desk.do(lambda page: page.get_by_role("button", name="Save and send").click())
    desk.sees("was changed successfully")


def scan_the_delivery(phone: Visitor, slug: str) -> None:
    phone.open(f"/{slug}/stock/receive/").is_accessible().shoots("receive", PHONE)
    phone.do(lambda page: page.get_by_role("button", name="Receive POB1-").click())
    phone.has_focus_on("#code").sees("0 of 2 products complete")
    expires_on = (timezone.now() + timedelta(days=40)).date()
    phone.do(lambda page: page.locator("#quantity").fill("36"))
    phone.do(lambda page: page.locator("#code").focus())
    phone.type(f"010952000000002817{expires_on:%y%m%d}10L77").press("Enter")
    phone.sees("Lot L77").sees("36 / 48")
    phone.do(lambda page: page.get_by_role("button", name="All 48 are there Milk 1 l").click())
    phone.sees("₹42.50 a piece now, ₹40.00 the last time").is_accessible().shoots("receiving", PHONE)


def post_it_at_the_new_price(phone: Visitor) -> None:
    phone.do(lambda page: page.get_by_label("Freight and loading, without tax").fill("120"))
    phone.do(lambda page: page.get_by_role("button", name="Post the receipt").click())
    phone.sees("The price has changed").is_accessible().shoots("receiving-price", PHONE)
    phone.do(lambda page: page.get_by_role("button", name="Take the goods at these prices").click())
    phone.sees("the goods of Nandini Dairy are in stock").sees("Curd 400 g: 12")
    phone.is_accessible().shoots("received", PHONE)
    phone.do(lambda page: page.get_by_role("link", name="Print labels for these goods").click())
    phone.sees("Milk 1 l").sees("Curd 400 g").sees("Sheet").shoots("labels-after-receipt", PHONE)


def test_goods_are_suggested_ordered_received_by_scanning_and_cost_what_they_cost(
    committed_shop: Shop, visitor: Callable[..., Visitor]
) -> None:
    shop = committed_shop
    with transaction.atomic():
        scene = Scene(shop)

    order_what_is_suggested(visitor().signed_in_as(scene.keeper), shop.org.slug)
    phone = visitor(PHONE).signed_in_as(scene.keeper)
    scan_the_delivery(phone, shop.org.slug)
    post_it_at_the_new_price(phone)

    with transaction.atomic():
        receipt = GoodsReceipt.objects.latest("received_at")
        assert receipt.total == Decimal("3240.00")  # 36 x 30.00 + 48 x 42.50 + 120.00
        assert PurchaseOrder.objects.get().status == "partial"
        assert (shop.on_hand(scene.milk), shop.on_hand(scene.curd)) == (50, 38)
        # 120.00 by value: 41.54 on the curd, 78.46 on the milk, which costs 2118.46 / 48.
        assert [line.landed_cost for line in receipt.lines.all()] == [Decimal("31.1539"), Decimal("44.1346")]
        level = StockLevel.objects.get(product=scene.milk)
        assert level.average_cost == Decimal("43.9692")  # (2 x 40 + 48 x 44.1346) / 50
