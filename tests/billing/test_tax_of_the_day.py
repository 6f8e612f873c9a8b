"""The rate is that of the day and the place of supply."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from billing.operations.quote import quote
from billing.sale import Basket
from catalog.models import TaxRate
from customers.models import Customer
from tests.shop import NOON, Shop, line

DAY = timedelta(days=1)


def taxes(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["name"], row["rate"], row["amount"]) for row in rows]


def test_a_rate_changes_with_its_day_and_a_late_sale_keeps_the_rate_of_its_own(shop: Shop) -> None:
    soap = shop.product("Soap", price="112.00", rate="12", tracks_stock=False)
    TaxRate.objects.create(tax_class=soap.tax_class, valid_from=date(2026, 3, 2), rate=Decimal(5))

    today = shop.sell(line(soap), at=NOON).bill
    late = shop.sell(line(soap), at=NOON, occurred_at=NOON - DAY).bill

    assert taxes(today.taxes) == [("CGST", "2.5", "2.67"), ("SGST", "2.5", "2.67")]
    assert taxes(late.taxes) == [("CGST", "6", "6.00"), ("SGST", "6", "6.00")]
    assert (today.total, late.total) == (Decimal("112.00"), Decimal("112.00"))
    assert (today.document_date, late.document_date) == (date(2026, 3, 2), date(2026, 3, 1))


def test_a_buyer_from_another_state_pays_one_tax_over_the_border(shop: Shop) -> None:
    cola = shop.product("Cola", price="140.00", rate="28", tracks_stock=False)
    TaxRate.objects.filter(tax_class=cola.tax_class).update(cess=Decimal(12))
    buyer = Customer.objects.create(name="Chennai Traders", phone="+919812345678", state_code="33")
    basket = Basket(shop.store, (line(cola),))

    here = quote(basket, customer=None, at=NOON).cart
    there = quote(basket, customer=buyer, at=NOON).cart

    assert [(tax.name, tax.amount) for tax in here.taxes] == [
        ("CGST", Decimal("14.00")),
        ("SGST", Decimal("14.00")),
        ("CESS", Decimal("12.00")),
    ]
    assert [(tax.name, tax.amount) for tax in there.taxes] == [("IGST", Decimal("28.00")), ("CESS", Decimal("12.00"))]


def test_where_prices_are_without_tax_it_comes_on_top(shop: Shop) -> None:
    soap = shop.product("Soap", price="99.99", rate="18", tracks_stock=False)
    shop.store.org.prices_include_tax = False

    cart = quote(Basket(shop.store, (line(soap, "3"),)), customer=None, at=NOON).cart

    assert (cart.subtotal, cart.taxable, cart.tax, cart.total) == (
        Decimal("299.97"),
        Decimal("299.97"),
        Decimal("54.00"),
        Decimal("353.97"),
    )
