"""Rows and quotes as the API shows them."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from billing.api.bodies import (
    BillHead,
    BillTaxAnswer,
    LineAnswer,
    QuoteAnswer,
    ReasonAnswer,
    RegisterAnswer,
    ShiftAnswer,
    TaxAnswer,
)
from billing.models import Bill, Register, Shift
from billing.operations.quote import Quote, QuotedLine
from billing.pricing import TaxAmount

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
    )


def _line(line: QuotedLine) -> LineAnswer:
    item, priced = line.item, line.priced
    return LineAnswer(
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
        discount_reasons=[ReasonAnswer(text=reason.text, amount=reason.amount) for reason in priced.reasons],
        taxable=priced.taxable,
        taxes=[TaxAnswer(name=tax.name, rate=tax.rate.normalize(), amount=tax.amount) for tax in priced.taxes],
        total=priced.total,
    )


def _normal(tax: TaxAmount) -> TaxAmount:
    return TaxAmount(tax.name, tax.rate.normalize(), tax.amount, tax.taxable)


def shown_head(bill: Bill, codes: dict[UUID, str]) -> BillHead:
    return BillHead(
        id=bill.pk,
        number=bill.number,
        status=POSTED,
        store=codes[bill.store_id],
        register=bill.register.code,
        shift=bill.shift_id,
        cashier=bill.cashier,
        customer=bill.customer_id,
        finalized_at=bill.finalized_at,
        business_date=bill.business_date,
        currency=bill.currency,
        subtotal=bill.subtotal,
        discount=bill.discount,
        tax=bill.tax,
        round_off=bill.round_off,
        total=bill.total,
        links={"self": f"/api/v1/bills/{bill.pk}"},
    )


def shown_register(register: Register, codes: dict[UUID, str], shift: Shift | None) -> RegisterAnswer:
    return RegisterAnswer(
        id=register.pk,
        store=codes[register.store_id],
        code=register.code,
        name=register.name,
        kind=register.kind,
        shift=shift.pk if shift else None,
        active=register.archived_at is None,
    )


def shown_shift(shift: Shift, codes: dict[UUID, str]) -> ShiftAnswer:
    variance = None
    if shift.counted_cash is not None and shift.expected_cash is not None:
        variance = shift.counted_cash - shift.expected_cash
    return ShiftAnswer(
        id=shift.pk,
        store=codes[shift.store_id],
        register=shift.register.code,
        business_date=shift.business_date,
        opened_at=shift.opened_at,
        opened_by=shift.opened_by,
        opening_float=shift.opening_float,
        closed_at=shift.closed_at,
        closed_by=shift.closed_by,
        counted_cash=shift.counted_cash,
        expected_cash=shift.expected_cash,
        variance=variance,
    )
