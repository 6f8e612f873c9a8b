"""Goods of a list without prices: known, counted, received, and not sold before somebody says what they cost."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from billing.models import Bill
from billing.sale import SaleLine
from catalog.models import Price, Product
from catalog.operations.due_prices import put_due_prices
from catalog.operations.exports import Format
from catalog.operations.import_products import undo_import
from catalog.operations.prices import PriceInput, set_price
from catalog.operations.repricing import Selection, preview_prices
from catalog.refusals import PriceMissing
from catalog.repricing import PriceRule
from tests.api import Api
from tests.catalog.importing.lists import bring, listed, product
from tests.catalog.importing.test_export import exported
from tests.shop import NOON, Shop, inside, line

DAL = "Toor dal 1 kg;D1;8901030865275"
WITHOUT = "name;sku;barcode"


@pytest.fixture
def dal(shop: Shop) -> Product:
    bring(shop, listed(DAL, header=WITHOUT))
    return product("D1")


def price(shop: Shop, of: Product, amount: str | None, **values: Any) -> Price:
    given = PriceInput(of, None if amount is None else Decimal(amount), **values)
    return set_price(given, org=shop.org, actor=shop.actor, at=NOON)


def test_it_is_not_sold_and_nothing_is_written(shop: Shop, dal: Product) -> None:
    assert (dal.price_is_missing, dal.known_price) == (True, None)

    with pytest.raises(PriceMissing, match="Toor dal 1 kg has no price yet"):
        shop.sell(line(dal))

    assert not Bill.objects.exists()


def test_scan_quote_and_bill_of_the_api_say_which_and_why(shop: Shop, dal: Product) -> None:
    api = Api(shop)
    sale = {"store": "B1", "lines": [{"barcode": "8901030865275", "quantity": "1"}]}
    paid = {"register": "A", "payments": [{"method": "cash", "tendered": "100.00"}]}

    for status, answer in (
        api.get("scan?store=B1&code=8901030865275"),
        api.post("bills/quote", sale),
        api.post("bills", sale | paid),
    ):
        assert (status, answer["code"], answer["detail"]) == (422, "price_missing", "Toor dal 1 kg has no price yet.")


def test_the_first_price_puts_it_into_sale_and_the_history_knows_none_before(shop: Shop, dal: Product) -> None:
    price(shop, dal, "168.00")

    assert shop.sell(line(dal)).bill.total == Decimal("168.00")
    noted = Price.objects.get(product=dal)
    assert (noted.was, noted.price) == (None, Decimal("168.00"))
    assert not product("D1").price_is_missing


def test_a_price_of_zero_that_somebody_gives_is_one(shop: Shop, dal: Product) -> None:
    price(shop, dal, "0.00")

    assert shop.sell(line(dal)).bill.total == Decimal("0.00")


def test_a_price_of_this_store_is_enough_here(shop: Shop, dal: Product) -> None:
    price(shop, dal, "170.00", store=shop.store.pk)

    assert shop.sell(line(dal)).bill.total == Decimal("170.00")
    assert product("D1").price_is_missing


def test_a_price_noted_ahead_holds_from_its_minute(shop: Shop, dal: Product) -> None:
    tomorrow = NOON + timedelta(days=1)
    price(shop, dal, "168.00", valid_from=tomorrow)

    with pytest.raises(PriceMissing):
        shop.sell(line(dal))
    put_due_prices(at=tomorrow)

    assert not product("D1").price_is_missing


def test_whoever_may_types_its_price_at_the_till(shop: Shop, dal: Product) -> None:
    assert shop.sell(line(dal, price=Decimal("165.00"))).bill.total == Decimal("165.00")
    assert product("D1").price_is_missing


def test_a_pack_with_a_price_of_its_own_is_sold_and_another_not(shop: Shop, dal: Product) -> None:
    pack = shop.barcode(dal, quantity=Decimal(12), price=Decimal("1900.00"))
    case = shop.barcode(dal, quantity=Decimal(6))

    assert shop.sell(SaleLine(Decimal(1), code=pack.shown)).bill.total == Decimal("1900.00")
    with pytest.raises(PriceMissing):
        shop.sell(SaleLine(Decimal(1), code=case.shown))


def test_a_rule_for_many_prices_makes_none_up(shop: Shop, dal: Product) -> None:
    told = preview_prices(Selection(), PriceRule(amount=Decimal(5)), org=shop.org, at=NOON)

    assert [(row.new, row.sentence) for row in told] == [(Decimal("0.00"), "It has no price yet.")]


def test_a_later_list_with_prices_gives_it_one_and_an_undo_takes_it_back(shop: Shop, dal: Product) -> None:
    job = bring(shop, listed("Toor dal 1 kg;D1;168,00", header="name;sku;price"))
    assert (product("D1").price, product("D1").price_is_missing) == (Decimal("168.00"), False)
    assert job.differences[0]["fields"] == {"price": ["", "168.00"]}

    undo_import(job.pk, actor=shop.actor, at=NOON)

    assert (product("D1").price, product("D1").price_is_missing) == (Decimal("0.00"), True)


def test_a_list_without_prices_leaves_the_prices_that_there_are(shop: Shop) -> None:
    shop.product("Toor dal 1 kg", sku="D1", price="168.00")

    assert bring(shop, listed(DAL, header=WITHOUT)).changed == 1

    assert (product("D1").price, product("D1").price_is_missing) == (Decimal("168.00"), False)


@pytest.mark.parametrize("form", Format)
def test_an_export_tells_it_from_what_costs_nothing(shop: Shop, other_shop: Shop, dal: Product, form: Format) -> None:
    shop.product("Carrier bag", sku="B1", price="0.00")
    first = exported(shop, form)

    assert bring(shop, io.BytesIO(first)).changed == 0
    with inside(other_shop):
        bring(other_shop, io.BytesIO(first))
        assert exported(other_shop, form) == first
        assert (product("D1").price_is_missing, product("B1").price_is_missing) == (True, False)


def test_the_back_office_lists_what_has_no_price_and_asks_for_one(shop: Shop, till: Client, dal: Product) -> None:
    shop.product("Milk 1 l")
    page = till.get("/asha/admin/catalog/product/", {"price": "missing"}).content.decode()
    assert "Toor dal" in page
    assert "no price yet" in page
    assert "Milk" not in page

    form = till.get(f"/asha/admin/catalog/product/{dal.pk}/change/").context["adminform"].form
    assert form["price"].value() is None


def test_the_api_lists_what_has_no_price_and_takes_one(shop: Shop, dal: Product) -> None:
    api = Api(shop)
    shop.product("Milk 1 l")

    _status, told = api.get("products?price_is_missing=true")
    assert [(row["sku"], row["price"], row["price_is_missing"]) for row in told["results"]] == [("D1", "0.00", True)]
    status, changed = api("PATCH", f"products/{dal.pk}", {"price": "0.00"})
    assert (status, changed["price_is_missing"]) == (200, False)
    assert api.get("products?price_is_missing=perhaps")[0] == 400
