"""Quotes, and bills in a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from billing.api.bodies.sales import (
    BillHead,
    BillTaxAnswer,
    QuoteAnswer,
    QuotedCouponAnswer,
    QuotedLineAnswer,
    ReasonAnswer,
    TaxAnswer,
)
from billing.operations.promoting import QuotedCoupon
from billing.operations.quote import Quote, QuotedLine
from billing.pricing import Reason, TaxAmount

POSTED = "posted"


def shown_quote(quote: Quote) -> QuoteAnswer:
    cart, store = quote.cart, quote.basket.store
    return QuoteAnswer(
        store=store.code,
        currency=store.org.currency,
        place_of_supply=quote.place_of_supply,
        lines=[_line(line) for line in quote.lines],
        subtotal=cart.subtotal,
        discount=cart.discount,
        taxable=cart.taxable,
        taxes=[BillTaxAnswer(**asdict(_normal(tax))) for tax in cart.taxes],
        tax=cart.tax,
        round_off=cart.round_off,
        total=cart.total,
        coupons=[_coupon(coupon) for coupon in quote.coupons],
    )


def _coupon(coupon: QuotedCoupon) -> QuotedCouponAnswer:
    return QuotedCouponAnswer(code=coupon.code, accepted=coupon.id is not None, reason=coupon.sentence)


def _reason(reason: Reason) -> ReasonAnswer:
    return ReasonAnswer(text=reason.text, amount=reason.amount, promotion=reason.promotion)


def _line(line: QuotedLine) -> QuotedLineAnswer:
    item, priced = line.item, line.priced
    return QuotedLineAnswer(
        product=item.id,
        name=item.name,
        sku=item.sku,
        barcode=item.barcode,
        hsn=item.hsn,
        quantity=line.quantity,
        unit=item.unit,
        mrp=item.mrp,
        unit_price=line.unit_price,
        gross=priced.gross,
        discount=priced.discount,
        discount_reasons=[_reason(reason) for reason in priced.reasons],
        taxable=priced.taxable,
        taxes=[TaxAnswer(name=tax.name, rate=tax.rate.normalize(), amount=tax.amount) for tax in priced.taxes],
        total=priced.total,
        price_reason=line.why,
    )


def _normal(tax: TaxAmount) -> TaxAmount:
    return TaxAmount(tax.name, tax.rate.normalize(), tax.amount, tax.taxable)


# What a list reads of a bill: rows of these, without models, cost a fifth.
HEAD = (
    "id", "number", "store_id", "register__code", "shift_id", "cashier", "customer_id", "finalized_at", "business_date",
    "currency", "subtotal", "discount", "tax", "round_off", "total",
)  # fmt: skip


def shown_head(bill: Mapping[str, Any], codes: Mapping[UUID, str]) -> BillHead:
    return BillHead(
        id=bill["id"],
        number=bill["number"],
        status=POSTED,
        store=codes[bill["store_id"]],
        register=bill["register__code"],
        shift=bill["shift_id"],
        cashier=bill["cashier"],
        customer=bill["customer_id"],
        finalized_at=bill["finalized_at"],
        business_date=bill["business_date"],
        currency=bill["currency"],
        subtotal=bill["subtotal"],
        discount=bill["discount"],
        tax=bill["tax"],
        round_off=bill["round_off"],
        total=bill["total"],
        links={"self": f"/api/v1/bills/{bill['id']}"},
    )
