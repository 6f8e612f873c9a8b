"""Pricing a basket from the catalog: what the buyer would pay now. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from billing.operations.printed_lines import as_printed
from billing.operations.promoting import Bought, QuotedCoupon, handed_out
from billing.operations.shelf_prices import shelf_prices
from billing.pricing import LineInput, PricedCart, PricedLine, Terms, price_cart
from billing.refusals import BadQuantity, EmptySale, UnknownProduct
from billing.sale import Basket, SaleLine
from billing.tax import Supply, components
from catalog.prices import UnitPrice
from catalog.queries import PriceFacts, Scanned, Sellable, find_scanned, price_facts, sellable_by_id
from customers.models import Customer

MOST_LINES = 999
LARGEST_QUANTITY = Decimal("99999999.999")
GRAM = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """`lot` and `expires_on` are what the pack in hand says, by its code or by hand; `why` is the sentence why the
    price is not the usual one, empty where it is."""

    asked: SaleLine
    item: Sellable
    quantity: Decimal
    unit_price: Decimal
    priced: PricedLine
    lot: str = ""
    expires_on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    basket: Basket
    place_of_supply: str
    lines: Sequence[QuotedLine]
    cart: PricedCart
    coupons: Sequence[QuotedCoupon] = ()


def quote(basket: Basket, *, customer: Customer | None, at: datetime, is_past: bool = False) -> Quote:
    """`is_past`: made off line, so that a coupon that has been used up since is taken all the same.

    Raises EmptySale, UnknownProduct, UnreadableCode, BadQuantity, PriceAboveMrp.
    """
    store = basket.store
    if not basket.lines:
        raise EmptySale(_("There is nothing in the cart yet."))
    if len(basket.lines) > MOST_LINES:
        raise EmptySale(_("A bill has at most %(most)s lines.") % {"most": MOST_LINES})
    scans = _find(basket, at)
    facts = price_facts((scan.item.id for scan in scans), store=store.pk, at=at, coupons=basket.coupons)
    scans = [facts.by_label(scan, store=store.pk, at=at) for scan in scans]
    items = [scan.item for scan in scans]
    quantities = [valid_quantity(line.quantity, scan) for line, scan in zip(basket.lines, scans, strict=True)]
    shelf = _shelf(basket, scans, facts, at)
    prices = [price.amount for price in shelf]
    place = _place_of_supply(basket, customer)
    supply = Supply(store.org.tax_regime, store.state_code, place)
    bought = [Bought(*each) for each in zip(items, quantities, prices, strict=True)]
    promoted, coupons = handed_out(bought, basket, facts, at=at, is_past=is_past)
    inputs = []
    for line, each, reasons in zip(basket.lines, bought, promoted, strict=True):
        rate = line.printed or facts.rules.rate_on(store.document_date(at), each.item.tax_class_id)
        parts = components(rate.rate, rate.cess, supply)
        inputs.append(LineInput(str(each.item.id), each.quantity, each.price, parts, line.discount, reasons))
    terms = Terms(store.org.places, store.org.prices_include_tax, store.rounding_step, basket.discount)
    cart = price_cart(inputs, terms)
    parts_of_lines = zip(basket.lines, items, quantities, prices, cart.lines, strict=True)
    lines = [
        QuotedLine(*parts, lot=scan.lot, expires_on=scan.expires_on, why=price.why)
        for scan, price, parts in zip(scans, shelf, parts_of_lines, strict=True)
    ]
    return Quote(basket, place, lines, cart, coupons)


def _shelf(basket: Basket, scans: Sequence[Scanned], facts: PriceFacts, at: datetime) -> list[UnitPrice]:
    """What is printed counts, whatever the shelf says by now. Raises PriceAboveMrp."""
    if basket.is_printed:
        return [UnitPrice(scan.item.price) for scan in scans]
    return shelf_prices(scans, [line.price for line in basket.lines], store=basket.store, facts=facts, at=at)


def _find(basket: Basket, at: datetime) -> list[Scanned]:
    store, lines = basket.store, basket.lines
    by_id = sellable_by_id((line.product for line in lines if line.product), archived=basket.is_printed)
    codes = {line.code for line in lines if not line.product}
    by_code = find_scanned(codes, on=store.document_date(at), currency=store.org.currency) if codes else {}
    return [_one(line, by_id, by_code) for line in lines]


def _one(line: SaleLine, by_id: dict[UUID, Sellable], by_code: dict[str, Scanned]) -> Scanned:
    if line.product:
        item = by_id.get(line.product)
        found = Scanned if line.printed is None else partial(as_printed, line)
        scan = found(item) if item else None
    else:
        scan = by_code.get(line.code)
    if scan is None:
        raise UnknownProduct(_("There is no product “%s”.") % (line.code or line.product))
    return replace(scan, lot=line.lot or scan.lot, expires_on=line.expires_on or scan.expires_on)


def valid_quantity(quantity: Decimal, scan: Scanned) -> Decimal:
    """In grams, or in whole pieces, of so many scans like this. Raises BadQuantity."""
    item = scan.item
    if not quantity.is_finite() or not GRAM <= quantity <= LARGEST_QUANTITY or quantity % GRAM:
        raise BadQuantity(_("The quantity of %s must be above zero, with three decimals at most.") % item.name)
    quantity = (quantity * scan.quantity).quantize(GRAM)
    if quantity % 1 and not item.is_weighed:
        raise BadQuantity(_("%s is sold by the piece: please give a whole number.") % item.name)
    if not GRAM <= quantity <= LARGEST_QUANTITY:
        raise BadQuantity(_("The quantity of %s must be above zero, with three decimals at most.") % item.name)
    return quantity


def _place_of_supply(basket: Basket, customer: Customer | None) -> str:
    """The state of a registered buyer, or the one recorded of an unregistered buyer, else the store's own
    (IGST Act s. 10(1)(a) and (ca))."""
    if customer is not None:
        return customer.gstin[:2] or customer.state_code or basket.store.state_code
    return basket.store.state_code
