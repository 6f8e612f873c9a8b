"""Tax by rate and by HSN, net of returns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from billing.reports.gst.supplies import Amounts, Supply, supplies
from billing.reports.period import Period
from pantrypal.core.money import ZERO


class TaxOfRate(msgspec.Struct):
    rate: Decimal
    taxable: Decimal
    cgst: Decimal
    sgst: Decimal
    igst: Decimal
    cess: Decimal
    vat: Decimal
    tax: Decimal


class TaxOfHsn(msgspec.Struct):
    hsn: str
    unit: str
    quantity: Decimal
    rate: Decimal
    taxable: Decimal
    cgst: Decimal
    sgst: Decimal
    igst: Decimal
    cess: Decimal
    tax: Decimal


def by_rate(period: Period) -> list[TaxOfRate]:
    sums = _summed(period, lambda supply: supply.rate)
    return [
        TaxOfRate(rate, one.taxable, one.cgst, one.sgst, one.igst, one.cess, one.vat, one.tax)
        for rate, (one, _quantity) in sorted(sums.items())
    ]


def by_hsn(period: Period) -> list[TaxOfHsn]:
    sums = _summed(period, lambda supply: (supply.hsn, supply.unit, supply.rate))
    return [
        TaxOfHsn(hsn, unit, quantity, rate, one.taxable, one.cgst, one.sgst, one.igst, one.cess, one.tax)
        for (hsn, unit, rate), (one, quantity) in sorted(sums.items())
    ]


def _summed(period: Period, key: Callable[[Supply], Any]) -> dict[Any, tuple[Amounts, Decimal]]:
    sums: dict[Any, tuple[Amounts, Decimal]] = {}
    for supply in supplies(period):
        amounts, quantity = sums.get(key(supply), (Amounts(), ZERO))
        sign = supply.document.sign
        amounts.add(supply.amounts, sign)
        sums[key(supply)] = (amounts, quantity + sign * supply.quantity)
    return sums
