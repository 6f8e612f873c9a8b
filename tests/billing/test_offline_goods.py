"""What a register learns of the catalog, page by page, and what it is told of again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.operations.offline_goods import GoodsPage, goods_page
from billing.operations.offline_terms import offline_terms
from billing.operations.pairing import pair_device
from catalog.models import Barcode, PriceList, Product, ProductChange, TaxClass, TaxRate
from catalog.operations.prices import PriceInput, set_price
from catalog.queries import Place
from tests.shop import NOON, Shop

LATER = timedelta(minutes=11)  # longer than any transaction lasts


def everything(shop: Shop, *, size: int = 500) -> tuple[list[dict[str, Any]], Place]:
    place, goods = Place(True, timezone.now()), []
    while True:
        page = goods_page(place, store=shop.store, actor=shop.actor, at=timezone.now(), size=size)
        goods += page.goods
        place = page.place
        if not page.more:
            return goods, place


def news(shop: Shop, place: Place) -> GoodsPage:
    return goods_page(place, store=shop.store, actor=shop.actor, at=timezone.now())


def costs_here(shop: Shop, product: Product, price: str, *, at: datetime, begins: datetime | None = None) -> None:
    given = PriceInput(product, Decimal(price), shop.store.pk, valid_from=begins)
    set_price(given, org=shop.org, actor=shop.actor, at=at)


def since_now() -> Place:
    return Place(False, timezone.now())


def test_all_products_come_in_small_pages_and_none_twice(shop: Shop) -> None:
    made = {str(shop.product(f"Thing {n}").pk) for n in range(7)}
    shop.product("Gone", archived_at=NOON)

    goods, place = everything(shop, size=3)

    assert [each["id"] for each in goods] == sorted(made)
    assert not place.of_all


def test_a_product_comes_with_its_codes_and_its_prices_in_this_store(shop: Shop) -> None:
    milk = shop.product("Milk", price="63.00", mrp="70.00", sku="MILK", names={"hi": "दूध"})
    single = shop.barcode(milk).shown
    six = shop.barcode(milk, quantity=Decimal(6), price=Decimal("360.00")).shown
    dozen = shop.barcode(milk, quantity=Decimal(12)).shown
    costs_here(shop, milk, "61.50", at=NOON)

    (told,), _place = everything(shop)

    assert (told["sku"], told["price"], told["mrp"], told["names"]) == ("MILK", "61.50", "70.00", {"hi": "दूध"})
    packs = {pack["code"]: pack for pack in told["packs"]}
    assert packs[single] == {"code": single}
    assert (packs[six]["pack"], packs[six]["price"]) == ("6.000", "360.00")
    assert packs[dozen]["price"] == "738.00"


def test_a_price_above_the_mrp_is_no_price(shop: Shop) -> None:
    shop.product("Milk", price="63.00", mrp="60.00")

    assert everything(shop)[0][0]["price"] is None


def test_only_what_has_changed_is_told_again(shop: Shop) -> None:
    milk, salt, dal = (shop.product(name) for name in ("Milk", "Salt", "Dal"))
    place = since_now()

    Product.objects.filter(pk=milk.pk).update(price="64.00")
    Product.objects.filter(pk=dal.pk).update(cost="1.00", till_position=3)
    Product.objects.filter(pk=salt.pk).update(archived_at=NOON)

    page = news(shop, place)
    assert [(each["name"], each["price"]) for each in page.goods] == [("Milk", "64.00")]
    assert page.gone == [salt.pk]
    assert not page.more


def test_codes_and_store_prices_are_news_too(shop: Shop) -> None:
    milk, salt = shop.product("Milk"), shop.product("Salt")
    code = shop.barcode(salt)
    place = since_now()

    costs_here(shop, milk, "61.50", at=timezone.now())
    assert [each["name"] for each in news(shop, place).goods] == ["Milk"]
    place = since_now()
    Barcode.objects.filter(pk=code.pk).update(product=milk)
    assert {each["name"] for each in news(shop, place).goods} == {"Milk", "Salt"}
    place = since_now()
    code.delete()
    assert [each["name"] for each in news(shop, place).goods] == ["Milk"]


def test_a_price_that_was_written_down_ahead_is_told_once_it_has_begun(shop: Shop) -> None:
    milk = shop.product("Milk")
    now = timezone.now()
    costs_here(shop, milk, "50.00", at=now, begins=now + timedelta(hours=1))
    ProductChange.objects.all().delete()
    place = Place(False, now + timedelta(minutes=30))

    def at(minutes: int) -> list[str]:
        page = goods_page(place, store=shop.store, actor=shop.actor, at=now + timedelta(minutes=minutes))
        return [each["price"] for each in page.goods]

    assert (at(59), at(61)) == ([], ["50.00"])


def test_the_next_time_begins_before_any_transaction_that_may_still_run(shop: Shop) -> None:
    _goods, place = everything(shop)
    shop.product("Milk")

    page = news(shop, place)

    assert [each["name"] for each in page.goods] == ["Milk"]
    assert page.place.moment <= timezone.now() - LATER + timedelta(minutes=2)


def test_a_register_learns_how_its_bills_are_taxed_and_numbered(shop: Shop) -> None:
    device = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)[0]
    five = TaxClass.objects.get(code="gst5")
    TaxRate.objects.create(tax_class=five, valid_from="2025-09-22", rate="5", cess="1")

    told = offline_terms(shop.register, shop.store, device, at=NOON).values

    assert (told["prefix"], told["next"], told["till"]) == ("FB1A", {}, "B1 · A")
    assert told["taxes"][str(five.pk)] == [
        {
            "since": "2025-09-22",
            "rate": "5",
            "cess": "1",
            "parts": [["CGST", "2.5"], ["SGST", "2.5"], ["CESS", "1"]],
        },
        {"since": "2017-07-01", "rate": "5", "cess": "0", "parts": [["CGST", "2.5"], ["SGST", "2.5"]]},
    ]
    assert told["seller"]["legal_name"] == "Asha Retail Pvt Ltd"


def test_a_price_list_that_begins_makes_the_register_read_everything_again(shop: Shop) -> None:
    device = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)[0]
    PriceList.objects.create(name="Diwali", starts_at=NOON + timedelta(hours=1))

    def rules(hours: int) -> str:
        return offline_terms(shop.register, shop.store, device, at=NOON + timedelta(hours=hours)).rules

    assert rules(0) != rules(1)
    assert rules(1) == rules(2)
