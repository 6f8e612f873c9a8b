from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from billing.carts import lines_of
from billing.models import Bill, Cart, Register
from billing.operations.cart_lots import name_lot
from billing.operations.cart_terms import discount_cart, name_customer
from billing.operations.carts import Touched, add_to_cart, change_quantity, drop_cart, remove_line
from billing.operations.held_carts import hold_cart, resume_cart
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.operations.shown_cart import shown_cart
from billing.operations.till_sale import pay_cart
from billing.queries import PostedBill, held_carts
from billing.refusals import (
    BadQuantity,
    CartGone,
    EmptySale,
    ExpiredLot,
    LineGone,
    TotalChanged,
    UnknownProduct,
    WeightNeeded,
)
from billing.sale import Tender
from billing.typed import read_typed
from catalog.models import Product
from customers.models import Customer
from inventory.models import Lot
from inventory.queries.levels import lots_on_hand
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.money import ZERO
from pantrypal.journal.models import AuditEntry
from tests.shop import NOON, Shop


@pytest.fixture
def milk(shop: Shop) -> Product:
    product = shop.product("Milk 500 ml", price="28.00", rate="0", sku="MILK")
    shop.stock(product, "20")
    return product


def ring_up(shop: Shop, typed: str, register: Register | None = None, product: UUID | None = None) -> Touched:
    at = register or shop.register
    return add_to_cart(read_typed(typed), product=product, register=at, store=shop.store, actor=shop.actor, at=NOON)


def quantities(cart: Cart) -> list[Decimal]:
    return [line.quantity for line in lines_of(Cart.objects.get(pk=cart.pk))]


def pay(shop: Shop, cart: Cart, total: str, *payments: Tender) -> PostedBill:
    return pay_cart(
        cart.pk,
        payments or (Tender("cash"),),
        expected_total=Decimal(total),
        register=shop.register,
        store=shop.store,
        actor=shop.actor,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("typed", "code", "quantity"),
    [
        ("MILK", "MILK", None),
        ("3*MILK", "MILK", Decimal(3)),
        ("0,750 * MILK", "MILK", Decimal("0.750")),
        ("3*", "", Decimal(3)),
        ("\x1d0108901030865275", "\x1d0108901030865275", None),
        ("3x", "3x", None),
        ("*MILK", "*MILK", None),
    ],
)
def test_a_quantity_may_stand_before_a_code(typed: str, code: str, quantity: Decimal | None) -> None:
    assert (read_typed(typed).code, read_typed(typed).quantity) == (code, quantity)


def test_the_same_thing_again_goes_onto_its_line(shop: Shop, milk: Product) -> None:
    ring_up(shop, "MILK")
    cart = ring_up(shop, "3*MILK").cart

    assert quantities(cart) == [Decimal(4)]
    assert shown_cart(shop.register, shop.store, NOON).total == Decimal("112.00")


def test_a_quantity_alone_is_that_of_the_last_line(shop: Shop, milk: Product) -> None:
    ring_up(shop, "MILK")
    cart = ring_up(shop, "6*").cart

    assert quantities(cart) == [Decimal(6)]


def test_a_name_that_only_one_product_has_is_enough(shop: Shop, milk: Product) -> None:
    cart = ring_up(shop, "milk 500").cart

    assert [line.product for line in lines_of(cart)] == [milk.pk]
    shop.product("Milk 500 ml, toned")
    with pytest.raises(UnknownProduct, match="There is no product “milk 500”."):
        ring_up(shop, "milk 500")


def test_what_is_weighed_waits_for_its_weight(shop: Shop) -> None:
    tomato = shop.product("Tomato", price="40.00", rate="0", unit="kg", sold_by="weight", sku="TOM")

    with pytest.raises(WeightNeeded, match="How much Tomato is it?") as refusal:
        ring_up(shop, "TOM")
    cart = ring_up(shop, "0.750*TOM").cart

    assert refusal.value.data["product"] == str(tomato.pk)
    assert quantities(cart) == [Decimal("0.750")]
    assert shown_cart(shop.register, shop.store, NOON).total == Decimal("30.00")


def test_pieces_are_whole(shop: Shop, milk: Product) -> None:
    with pytest.raises(BadQuantity, match="by the piece"):
        ring_up(shop, "0.5*MILK")
    assert shown_cart(shop.register, shop.store, NOON).lines == []


def test_none_left_takes_the_line_out_and_the_journal_keeps_it(shop: Shop, milk: Product) -> None:
    touched = ring_up(shop, "MILK")
    change_quantity(touched.cart.pk, touched.line, by=Decimal(-1), store=shop.store, actor=shop.actor, at=NOON)

    assert quantities(touched.cart) == []
    assert AuditEntry.objects.get(action="cart.line_removed").data == {"product": "Milk 500 ml", "quantity": "1"}
    with pytest.raises(LineGone):
        remove_line(touched.cart.pk, touched.line, store=shop.store, actor=shop.actor, at=NOON)


def test_paying_twice_is_paying_once(shop: Shop, milk: Product) -> None:
    cart = ring_up(shop, "2*MILK").cart
    first = pay(shop, cart, "56.00")
    again = pay(shop, cart, "99.00", Tender("card"))

    assert Bill.objects.get().pk == cart.pk == first.bill.pk == again.bill.pk
    assert again.is_repeat
    assert shop.on_hand(milk) == Decimal("18.000")
    with pytest.raises(CartGone):
        drop_cart(cart.pk, store=shop.store, actor=shop.actor, at=NOON)


def test_a_price_that_changes_meanwhile_is_said_before_it_is_paid(shop: Shop, milk: Product) -> None:
    cart = ring_up(shop, "MILK").cart
    Product.objects.filter(pk=milk.pk).update(price=Decimal("30.00"))

    with pytest.raises(TotalChanged, match="30.00"):
        pay(shop, cart, "28.00")
    assert pay(shop, cart, "30.00").bill.total == Decimal("30.00")


def test_a_product_that_is_gone_can_be_taken_out_of_the_cart(shop: Shop, milk: Product) -> None:
    touched = ring_up(shop, "MILK")
    Product.objects.filter(pk=milk.pk).update(archived_at=NOON)

    shown = shown_cart(shop.register, shop.store, NOON)
    assert shown.problem is not None
    assert [row.line.name for row in shown.lines] == ["Milk 500 ml"]
    remove_line(touched.cart.pk, touched.line, store=shop.store, actor=shop.actor, at=NOON)
    assert shown_cart(shop.register, shop.store, NOON).problem is None


def test_a_held_cart_is_taken_up_at_another_register(shop: Shop, milk: Product) -> None:
    cart = ring_up(shop, "MILK").cart
    hold_cart(cart.pk, name="Blue shirt", store=shop.store, actor=shop.actor, at=NOON)
    counter_b = create_register(store=shop.store, code="B", name="Counter B", actor=shop.actor, at=NOON)
    open_shift(register=counter_b, store=shop.store, opening_float=ZERO, actor=shop.actor, at=NOON)
    ring_up(shop, "2*MILK", counter_b)

    assert [(held.name, held.held_by) for held in held_carts(shop.store)] == [("Blue shirt", shop.owner.name)]
    resume_cart(cart.pk, register=counter_b, store=shop.store, actor=shop.actor, at=NOON)

    assert shown_cart(counter_b, shop.store, NOON).total == Decimal("28.00")
    assert [quantities(held) for held in held_carts(shop.store)] == [[Decimal(2)]]
    with pytest.raises(CartGone):
        resume_cart(cart.pk, register=shop.register, store=shop.store, actor=shop.actor, at=NOON)


def test_an_empty_cart_is_not_held(shop: Shop, milk: Product) -> None:
    touched = ring_up(shop, "MILK")
    remove_line(touched.cart.pk, touched.line, store=shop.store, actor=shop.actor, at=NOON)

    with pytest.raises(EmptySale):
        hold_cart(touched.cart.pk, name="", store=shop.store, actor=shop.actor, at=NOON)


def test_a_line_and_the_whole_bill_can_cost_less(shop: Shop, milk: Product) -> None:
    touched = ring_up(shop, "2*MILK")
    terms = {"store": shop.store, "actor": shop.actor, "at": NOON}
    discount_cart(touched.cart.pk, touched.line, percent=Decimal(10), reason="dented", **terms)
    discount_cart(touched.cart.pk, amount=Decimal("0.40"), **terms)

    shown = shown_cart(shop.register, shop.store, NOON)
    assert shown.total == Decimal("50.00")
    assert [reason.text for reason in shown.lines[0].quoted.priced.reasons] == ["10 % off: dented", "Discount"]
    discount_cart(touched.cart.pk, **terms)
    assert shown_cart(shop.register, shop.store, NOON).total == Decimal("50.40")


@pytest.mark.parametrize("off", [{"percent": Decimal(101)}, {"amount": Decimal(-1)}, {"amount": Decimal("0.001")}])
def test_a_discount_is_a_sensible_one(shop: Shop, milk: Product, off: dict[str, Decimal]) -> None:
    cart = ring_up(shop, "MILK").cart

    with pytest.raises(Invalid):
        discount_cart(cart.pk, **off, store=shop.store, actor=shop.actor, at=NOON)


def test_the_customer_is_on_the_bill(shop: Shop, milk: Product) -> None:
    terms = {"register": shop.register, "store": shop.store, "actor": shop.actor, "at": NOON}
    cart = name_customer(phone="98123 45678", name="Lakshmi", **terms)
    ring_up(shop, "MILK")

    assert pay(shop, cart, "28.00").bill.customer == Customer.objects.get(phone="+919812345678")


def test_who_may_not_sell_changes_no_cart(shop: Shop, milk: Product) -> None:
    auditor = shop.actor_as(Role.AUDITOR)

    with pytest.raises(Forbidden):
        add_to_cart(read_typed("MILK"), register=shop.register, store=shop.store, actor=auditor, at=NOON)
    assert not Cart.objects.exists()


def test_a_lot_typed_in_by_hand_is_the_one_that_is_sold(shop: Shop) -> None:
    butter = shop.product("Butter 100 g", price="60.00", sku="BUTTER", tracks_lots=True)
    lots = {}
    for code, expires_on in (("OLD", date(2026, 3, 1)), ("FIRST", date(2026, 4, 1)), ("LATER", date(2026, 9, 1))):
        lots[code] = Lot.objects.create(product=butter, code=code, expires_on=expires_on)
        shop.stock(butter, "5", lot=lots[code].pk)
    cart, line = (touched := ring_up(shop, "BUTTER")).cart, touched.line
    terms = {"store": shop.store, "actor": shop.actor, "at": NOON}

    with pytest.raises(ExpiredLot):
        name_lot(cart.pk, line, lot="OLD", expires_on=None, **terms)
    with pytest.raises(ExpiredLot):
        name_lot(cart.pk, line, lot="", expires_on=date(2026, 3, 1), **terms)
    name_lot(cart.pk, line, lot="LATER", expires_on=None, **terms)
    ring_up(shop, "BUTTER")
    assert [(kept.lot, kept.quantity) for kept in lines_of(Cart.objects.get())] == [("LATER", 1), ("", 1)]
    pay(shop, cart, "120.00")

    left = {level.lot.code: level.on_hand for level in lots_on_hand([butter.pk], shop.store.pk)}
    assert left == {"OLD": Decimal(5), "FIRST": Decimal(4), "LATER": Decimal(4)}
    assert [level.lot.code for level in lots_on_hand([butter.pk], shop.store.pk)] == ["OLD", "FIRST", "LATER"]
