"""A till without a connection works out the very figures that the books get: line by line, to the smallest coin."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from billing.pricing import LineInput, PricedCart, Terms, price_cart
from billing.tax import Component
from pantrypal.core.models import User
from tests.browser.visitor import Visitor
from tests.shop import Shop

Visit = Callable[..., Visitor]

RATES = ("0", "0.125", "1.5", "2.5", "6", "9", "14", "20")
IN_THE_BROWSER = """async (carts) => {
  const { priceCart } = await import("/static/js/till/offline/pricing.js");
  const plain = (_, each) => (typeof each === "bigint" ? String(each) : each);
  const told = (value) => JSON.parse(JSON.stringify(value, plain));
  return carts.map(({ lines, terms }) => {
    const whole = lines.map((line) => ({ ...line, quantity: BigInt(line.quantity), price: BigInt(line.price) }));
    return told(priceCart(whole, terms));
  });
}"""


def some_parts(chance: Random) -> tuple[Component, ...]:
    rate = Decimal(chance.choice(RATES))
    parts = [Component("CGST", rate), Component("SGST", rate), Component("CESS", Decimal(chance.choice(("0", "12"))))]
    return tuple(part for part in parts if part.rate)


def some_cart(chance: Random) -> tuple[list[LineInput], Terms]:
    places = chance.choice((0, 2, 2, 2, 3))
    coin = Decimal(1).scaleb(-places)
    parts = [some_parts(chance) for _ in range(chance.randint(1, 3))]
    lines = [
        LineInput(
            key=chance.choice("abcdef"),
            quantity=Decimal(chance.choice((1000, 2000, 3000, chance.randint(1, 99_999)))) / 1000,
            unit_price=chance.choice((0, 1, 99, 760, chance.randint(1, 9_999_999))) * coin,
            components=chance.choice(parts),
        )
        for _line in range(chance.randint(1, 12))
    ]
    step = Decimal(chance.choice(("0", "1.00", "0.05", "5.00")))
    return lines, Terms(places, chance.random() < 0.6, step)


def asked(lines: list[LineInput], terms: Terms) -> dict[str, Any]:
    def one(line: LineInput) -> dict[str, Any]:
        parts = [[part.name, format(part.rate, "f")] for part in line.components]
        quantity, price = int(line.quantity * 1000), int(line.unit_price.scaleb(terms.places))
        return {"key": line.key, "quantity": str(quantity), "price": str(price), "parts": parts}

    step = format(terms.rounding_step, "f")
    known = {"places": terms.places, "includesTax": terms.prices_include_tax, "step": step}
    return {"lines": [one(line) for line in lines], "terms": known}


def expected(cart: PricedCart, places: int) -> dict[str, Any]:
    def coins(amount: Decimal) -> str:
        return str(int(amount.scaleb(places)))

    def taxes(of: list[Any]) -> list[tuple[str, str]]:
        return [(tax.name, coins(tax.amount)) for tax in of]

    lines = [(coins(line.gross), coins(line.taxable), coins(line.total), taxes(line.taxes)) for line in cart.lines]
    sums = [coins(amount) for amount in (cart.subtotal, cart.taxable, cart.tax, cart.round_off, cart.total)]
    return {"lines": lines, "taxes": taxes(cart.taxes), "sums": sums}


def found(answer: dict[str, Any]) -> dict[str, Any]:
    def taxes(of: list[dict[str, str]]) -> list[tuple[str, str]]:
        return [(tax["name"], tax["amount"]) for tax in of]

    lines = [(line["gross"], line["taxable"], line["total"], taxes(line["taxes"])) for line in answer["lines"]]
    sums = [answer[name] for name in ("subtotal", "taxable", "tax", "roundOff", "total")]
    return {"lines": lines, "taxes": taxes(answer["taxes"]), "sums": sums}


def test_a_thousand_carts_cost_the_same_in_the_browser_and_in_the_books(
    committed_shop: Shop, cashier: User, visitor: Visit
) -> None:
    chance = Random(952)
    carts = [some_cart(chance) for _cart in range(1000)]
    page = visitor().signed_in_as(cashier).open(f"/{committed_shop.org.slug}/till/")

    answers = page.do(lambda page: page.evaluate(IN_THE_BROWSER, [asked(*cart) for cart in carts]))

    for (lines, terms), answer in zip(carts, answers, strict=True):
        assert found(answer) == expected(price_cart(lines, terms), terms.places), (lines, terms)
