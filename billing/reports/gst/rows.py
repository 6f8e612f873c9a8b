"""The sections of GSTR-1 as rows, for a file or a page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from billing.reports.gst.gstr1 import Gstr1, RateKey
from billing.reports.gst.supplies import Amounts
from pantrypal.core.india import STATES

# Unique quantity codes (GSTN's list) of our units.
UQC = {"pc": "PCS", "kg": "KGS", "g": "GMS", "l": "LTR", "ml": "MLT", "m": "MTR"}
OTHER_UNIT = "OTH"


class InvoiceRow(msgspec.Struct):
    """B2B and B2CL: an invoice at one rate. `value` is that of the whole invoice."""

    gstin: str
    number: str
    day: date
    value: Decimal
    place: str
    rate: Decimal
    taxable: Decimal
    igst: Decimal
    cgst: Decimal
    sgst: Decimal
    cess: Decimal


class NoteRow(InvoiceRow):
    """CDNR and CDNUR: a credit note at one rate, with the number of its bill."""

    original: str = ""


class B2csRow(msgspec.Struct):
    place: str
    kind: str
    rate: Decimal
    taxable: Decimal
    igst: Decimal
    cgst: Decimal
    sgst: Decimal
    cess: Decimal


class HsnRow(msgspec.Struct):
    buyers: str
    hsn: str
    unit: str
    quantity: Decimal
    rate: Decimal
    value: Decimal
    taxable: Decimal
    igst: Decimal
    cgst: Decimal
    sgst: Decimal
    cess: Decimal


class NilRow(msgspec.Struct):
    kind: str
    buyers: str
    taxable: Decimal


class IssuedRow(msgspec.Struct):
    kind: str
    first: str
    last: str
    count: int
    cancelled: int
    net: int


def b2b(result: Gstr1) -> list[InvoiceRow]:
    return _invoices(result.b2b)


def b2cl(result: Gstr1) -> list[InvoiceRow]:
    return _invoices(result.b2cl)


def cdnr(result: Gstr1) -> list[NoteRow]:
    return _notes(result.cdnr)


def cdnur(result: Gstr1) -> list[NoteRow]:
    return _notes(result.cdnur)


def b2cs(result: Gstr1) -> list[B2csRow]:
    return [
        B2csRow(said_state(place), "INTER" if one.igst else "INTRA", rate, *_heads(one))
        for (place, rate), one in sorted(result.b2cs.items(), key=lambda item: item[0])
    ]


def hsn(result: Gstr1) -> list[HsnRow]:
    rows = []
    for key, row in sorted(result.hsn.items(), key=lambda item: (not item[0].is_b2b, item[0].hsn, item[0].rate)):
        one = row.amounts
        value = one.taxable + one.tax
        unit, buyers = UQC.get(key.unit, OTHER_UNIT), "B2B" if key.is_b2b else "B2C"
        rows.append(HsnRow(buyers, key.hsn, unit, row.quantity, key.rate, value, *_heads(one)))
    return rows


def nil(result: Gstr1) -> list[NilRow]:
    return [
        NilRow("INTER" if is_interstate else "INTRA", "B2B" if is_registered else "B2C", taxable)
        for (is_interstate, is_registered), taxable in sorted(result.nil.items())
    ]


def issued(result: Gstr1) -> list[IssuedRow]:
    return [
        IssuedRow(run.kind, run.first, run.last, run.count, run.cancelled, run.count - run.cancelled)
        for run in result.issued
    ]


def said_state(code: str) -> str:
    """29-Karnataka, as the offline tool writes it."""
    return f"{code}-{STATES[code]}" if code in STATES else code


def _invoices(section: dict[RateKey, Amounts]) -> list[InvoiceRow]:
    return [
        InvoiceRow(bill.gstin, bill.number, bill.day, bill.total, said_state(bill.place), rate, *_heads(one))
        for (bill, rate), one in sorted(section.items(), key=_by_number)
    ]


def _notes(section: dict[RateKey, Amounts]) -> list[NoteRow]:
    return [
        NoteRow(
            note.gstin, note.number, note.day, note.total, said_state(note.place), rate, *_heads(one), note.original
        )
        for (note, rate), one in sorted(section.items(), key=_by_number)
    ]


def _by_number(item: tuple[RateKey, Amounts]) -> tuple[str, Decimal]:
    (document, rate), _amounts = item
    return document.number, rate


def _heads(one: Amounts) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    return one.taxable, one.igst, one.cgst, one.sgst, one.cess
