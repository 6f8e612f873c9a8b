"""What a scan brings into a sale: weight, price, lot and expiry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
import time_machine

from billing.refusals import ExpiredLot, RecalledLot, UnknownProduct
from billing.sale import SaleLine
from catalog.gtin import check_digit
from catalog.models import Barcode, Product, ScaleLabel
from catalog.operations.prices import PriceInput, set_price
from catalog.operations.scale_labels import create_default_scale_labels, save_scale_label
from catalog.refusals import PriceAboveMrp, UnreadableCode
from catalog.scan import Carries
from inventory.models import Lot, StockMove
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.shop import NOON, Shop, line

GS = "\x1d"
GTIN = "08901030865275"
ONE = Decimal(1)


@pytest.fixture(autouse=True)
def labels(shop: Shop) -> None:
    create_default_scale_labels(actor=shop.actor, at=NOON)


@pytest.fixture
def tomato(shop: Shop) -> Product:
    product = shop.product("Tomato", price="40.00", rate="0", unit="kg", sold_by="weight")
    Barcode.objects.create(product=product, kind=Barcode.Kind.PLU, code="1954")
    shop.stock(product, "10")
    return product


@pytest.fixture
def butter(shop: Shop) -> Product:
    product = shop.product("Butter 100 g", price="60.00", tracks_lots=True)
    shop.barcode(product, GTIN)
    return product


def label(prefix: str, item: str, value: str) -> str:
    body = prefix + item + value
    return body + check_digit(body)


def lot(shop: Shop, product: Product, code: str, expires_on: str, quantity: str) -> Lot:
    made = Lot.objects.create(product=product, code=code, expires_on=date.fromisoformat(expires_on))
    shop.stock(product, quantity, lot=made.pk)
    return made


def scan(shop: Shop, code: str) -> tuple[int, dict]:
    with time_machine.travel(NOON, tick=False):
        return Api(shop).get(f"scan?store=B1&code={quote(code, safe='')}")


def test_a_weight_label_sells_its_weight(shop: Shop, tomato: Product) -> None:
    bill = shop.sell(SaleLine(ONE, code=label("21", "01954", "00750")))

    [sold] = bill.lines
    assert (sold.quantity, sold.unit, sold.unit_price, sold.total) == (
        Decimal("0.750"), "kg", Decimal("40.00"), Decimal("30.00"),
    )  # fmt: skip
    assert shop.on_hand(tomato) == Decimal("9.250")


def test_a_price_label_sells_at_its_price_to_the_paisa_and_takes_the_weight_from_stock(
    shop: Shop, tomato: Product
) -> None:
    bill = shop.sell(SaleLine(Decimal(2), code=label("22", "01954", "03975")))

    [sold] = bill.lines
    assert (sold.quantity, sold.unit_price, sold.total) == (Decimal("2.000"), Decimal("39.75"), Decimal("79.50"))
    assert sold.pack == Decimal("0.994")
    assert shop.on_hand(tomato) == Decimal("8.012")


def test_a_label_of_the_shops_own_qr_needs_no_scale(shop: Shop, tomato: Product) -> None:
    bill = shop.sell(SaleLine(ONE, code=f"pp:{tomato.sku}?q=0.5"))

    assert bill.lines[0].total == Decimal("20.00")


def test_a_code_of_its_own_goes_before_the_labels_of_its_prefix(shop: Shop, tomato: Product) -> None:
    cup = shop.product("Tea cup", price="15.00", tracks_stock=False)
    code = label("21", "01954", "00001")
    shop.barcode(cup, code)

    assert shop.sell(SaleLine(ONE, code=code)).lines[0].product_id == cup.pk


def test_a_weight_label_on_something_sold_by_the_piece_is_refused(shop: Shop) -> None:
    cup = shop.product("Tea cup")
    Barcode.objects.create(product=cup, kind=Barcode.Kind.PLU, code="77")

    with pytest.raises(UnreadableCode, match="Tea cup is sold by the piece, and this label carries a weight"):
        shop.sell(SaleLine(ONE, code=label("21", "00077", "00750")))


def test_a_price_in_a_code_stays_under_the_mrp_of_the_piece(shop: Shop) -> None:
    cake = shop.product("Cake", price="100.00", mrp=Decimal("110.00"), tracks_stock=False)
    Barcode.objects.create(product=cake, kind=Barcode.Kind.PLU, code="78")

    assert shop.sell(SaleLine(ONE, code=label("22", "00078", "11000"))).bill.total == Decimal("110.00")
    with pytest.raises(PriceAboveMrp):
        shop.sell(SaleLine(ONE, code=label("22", "00078", "11001")))


def test_the_lot_in_hand_is_taken_though_another_expires_first(shop: Shop, butter: Product) -> None:
    first, second = lot(shop, butter, "A1", "2026-03-10", "5"), lot(shop, butter, "B2", "2026-06-10", "5")

    shop.sell(SaleLine(Decimal(2), code=f"]d201{GTIN}1726061010B2"))

    assert [(move.lot_id, move.quantity) for move in StockMove.objects.filter(kind="sale")] == [(second.pk, -2)]
    assert first.pk != second.pk


def test_a_lot_that_the_books_do_not_hold_is_sold_first_expired_first(shop: Shop, butter: Product) -> None:
    known = lot(shop, butter, "A1", "2026-03-10", "5")
    lot(shop, butter, "B2", "2026-06-10", "1")

    shop.sell(line(butter, "2", lot="B2"))
    shop.sell(line(butter, "1", lot="NEW"))

    assert [(move.lot_id, move.quantity) for move in StockMove.objects.filter(kind="sale").order_by("id")] == [
        (known.pk, -2),
        (known.pk, -1),
    ]


@pytest.mark.parametrize("said", [f"]d201{GTIN}17260301", f"]d201{GTIN}17260301" + "10NEW"])
def test_a_pack_that_says_it_has_expired_is_refused(shop: Shop, butter: Product, said: str) -> None:
    lot(shop, butter, "A1", "2026-06-10", "5")

    with pytest.raises(ExpiredLot, match="This Butter 100 g expired on March 1, 2026 and must not be sold."):
        shop.sell(SaleLine(ONE, code=said))
    assert shop.on_hand(butter) == 5
    shop.sell(SaleLine(ONE, code=f"]d201{GTIN}17260302"))


def test_a_lot_that_has_expired_or_was_recalled_is_refused_by_its_number(shop: Shop, butter: Product) -> None:
    lot(shop, butter, "GOOD", "2026-06-10", "5")
    lot(shop, butter, "OLD", "2026-03-01", "5")
    recalled = lot(shop, butter, "BAD", "2026-06-10", "5")
    Lot.objects.filter(pk=recalled.pk).update(recalled_at=NOON)

    with pytest.raises(ExpiredLot):
        shop.sell(line(butter, lot="OLD"))
    with pytest.raises(RecalledLot, match="Lot BAD of Butter 100 g has been recalled"):
        shop.sell(line(butter, lot="BAD"))
    assert shop.on_hand(butter) == 15


def test_a_sale_made_off_line_has_happened_whatever_its_lot(shop: Shop, butter: Product) -> None:
    lot(shop, butter, "A1", "2026-03-01", "5")

    assert shop.sell(line(butter, lot="A1", expires_on=date(2026, 3, 1)), occurred_at=NOON).bill.number


def test_an_unknown_code_and_a_mistyped_one_are_told_apart(shop: Shop, butter: Product) -> None:
    with pytest.raises(UnknownProduct):
        shop.sell(SaleLine(ONE, code="8901030865282"))
    with pytest.raises(UnreadableCode, match="its last figure should be 5"):
        shop.sell(SaleLine(ONE, code="8901030865271"))


def test_the_api_tells_what_a_scan_says(shop: Shop, butter: Product, tomato: Product) -> None:
    status, answer = scan(shop, f"]d201{GTIN}17270200" + f"10K7{GS}15261231")
    assert status == 200, answer
    assert answer["product"] == str(butter.pk)
    assert (answer["quantity"], answer["lot"], answer["expires_on"], answer["best_before"]) == (
        "1.000", "K7", "2027-02-28", "2026-12-31",
    )  # fmt: skip

    status, answer = scan(shop, label("22", "01954", "03975"))
    assert (answer["quantity"], answer["price"], answer["pack"], answer["unit"]) == ("1.000", "39.75", "0.994", "pc")
    assert answer["product"] == str(tomato.pk)

    status, problem = scan(shop, "]C110ABC")
    assert (status, problem["code"]) == (422, "unreadable_code")
    assert problem["detail"] == "There is no product in this code."
    assert scan(shop, "NOTHING")[0] == 404


def test_another_shops_codes_and_labels_are_not_read(shop: Shop, other_shop: Shop, tomato: Product) -> None:
    with org_scope(other_shop.org.pk):
        api = Api(other_shop)
    with time_machine.travel(NOON, tick=False):
        assert api.get(f"scan?store=B1&code={label('21', '01954', '00750')}")[0] == 404


def test_who_edits_the_catalog_says_how_labels_are_read(shop: Shop) -> None:
    made = ScaleLabel(prefix="28", carries=Carries.WEIGHT, item_digits=6, value_digits=5)
    with pytest.raises(Invalid, match="ten figures together"):
        save_scale_label(made, actor=shop.actor, at=NOON)
    made.item_digits = 5
    with pytest.raises(Forbidden):
        save_scale_label(made, actor=shop.actor_as(Role.CASHIER), at=NOON)

    save_scale_label(made, actor=shop.actor, at=NOON)

    assert list(ScaleLabel.objects.values_list("prefix", "carries")) == [
        ("21", "weight"),
        ("22", "price"),
        ("28", "weight"),
    ]


def test_a_label_with_a_price_stands_for_what_that_buys_in_this_store(shop: Shop, tomato: Product) -> None:
    Barcode.objects.filter(product=tomato).update(code="01954")
    set_price(PriceInput(tomato, Decimal("50.00"), store=shop.store.pk), org=shop.org, actor=shop.actor, at=NOON)

    posted = shop.sell(SaleLine(ONE, code=label("22", "01954", "02000")))

    assert posted.bill.total == Decimal("20.00")
    assert posted.lines[0].pack == Decimal("0.400")
    assert shop.on_hand(tomato) == Decimal("9.600")
