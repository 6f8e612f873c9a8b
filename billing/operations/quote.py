"""Pricing a basket from the catalog: what the buyer would pay now. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.pricing import LineInput, PricedCart, PricedLine, Terms, price_cart
from billing.refusals import BadQuantity, EmptySale, UnknownProduct
from billing.sale import Basket, SaleLine
from billing.tax import Supply, components
from catalog.queries import NO_TAX, Sellable, rates_on, sellable_by_code, sellable_by_id
from catalog.refusals import PriceAboveMrp
from customers.models import Customer
from pantrypal.core.money import round_money

MOST_LINES = 999
LARGEST_QUANTITY = Decimal("99999999.999")
GRAM = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class QuotedLine:
    asked: SaleLine
    item: Sellable
    quantity: Decimal
    unit_price: Decimal
    priced: PricedLine


@dataclass(frozen=True, slots=True)
class Quote:
    basket: Basket
    place_of_supply: str
    lines: Sequence[QuotedLine]
    cart: PricedCart


def quote(basket: Basket, *, customer: Customer | None, at: datetime) -> Quote:
    """Raises EmptySale, UnknownProduct, BadQuantity, PriceAboveMrp."""
    store = basket.store
    if not basket.lines:
        raise EmptySale(_("There is nothing in the cart yet."))
    if len(basket.lines) > MOST_LINES:
        raise EmptySale(_("A bill has at most %(most)s lines.") % {"most": MOST_LINES})
    items = _find(basket.lines)
    quantities = [_quantity(line, item) for line, item in zip(basket.lines, items, strict=True)]
    prices = [_price(item, store.org.places) for item in items]
    if store.org.has_mrp_ceiling:
        for item, price in zip(items, prices, strict=True):
            _require_under_mrp(item, price)
    place = _place_of_supply(basket, customer)
    supply = Supply(store.org.tax_regime, store.state_code, place)
    rates = rates_on(store.document_date(at), [item.tax_class_id for item in items])
    inputs = []
    for line, item, quantity, price in zip(basket.lines, items, quantities, prices, strict=True):
        rate = rates.get(item.tax_class_id, NO_TAX)
        parts = components(rate.rate, rate.cess, supply)
        inputs.append(LineInput(str(item.id), quantity, price, parts, line.discount))
    terms = Terms(store.org.places, store.org.prices_include_tax, store.rounding_step, basket.discount)
    cart = price_cart(inputs, terms)
    lines = [QuotedLine(*parts) for parts in zip(basket.lines, items, quantities, prices, cart.lines, strict=True)]
    return Quote(basket, place, lines, cart)


def _find(lines: Sequence[SaleLine]) -> list[Sellable]:
    by_id = sellable_by_id(line.product for line in lines if line.product)
    codes = {line.code for line in lines if not line.product}
    by_code = sellable_by_code(codes) if codes else {}
    return [_one(line, by_id.get(line.product) if line.product else by_code.get(line.code)) for line in lines]


def _one(line: SaleLine, item: Sellable | None) -> Sellable:
    if item is None:
        raise UnknownProduct(_("There is no product “%s”.") % (line.code or line.product))
    return item


def _quantity(line: SaleLine, item: Sellable) -> Decimal:
    quantity = line.quantity
    if not quantity.is_finite() or not GRAM <= quantity <= LARGEST_QUANTITY or quantity % GRAM:
        raise BadQuantity(_("The quantity of %s must be above zero, with three decimals at most.") % item.name)
    if quantity % 1 and not item.is_weighed:
        raise BadQuantity(_("%s is sold by the piece: please give a whole number.") % item.name)
    return quantity.quantize(GRAM)


def _price(item: Sellable, places: int) -> Decimal:
    return round_money(item.price, places)


def _require_under_mrp(item: Sellable, price: Decimal) -> None:
    if item.mrp is not None and price > item.mrp:
        raise PriceAboveMrp(
            _("%(product)s costs %(price)s, above its MRP of %(mrp)s. Please correct the price.")
            % {"product": item.name, "price": price, "mrp": item.mrp},
            product=str(item.id),
        )


def _place_of_supply(basket: Basket, customer: Customer | None) -> str:
    """The state of a registered buyer, or the one recorded of an unregistered buyer, else the store's own
    (IGST Act s. 10(1)(a) and (ca))."""
    if customer is not None:
        return customer.gstin[:2] or customer.state_code or basket.store.state_code
    return basket.store.state_code
