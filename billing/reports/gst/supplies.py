"""Every supply of a period: the lines of bills and, with the sign turned, of credit notes, as they were posted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from billing.models import Bill, BillLine, CreditNote, CreditNoteLine
from billing.reports.period import Period
from pantrypal.core.money import ZERO

BATCH = 2000
# In a union territory UTGST is filed where SGST is.
HEADS = {"IGST": "igst", "CGST": "cgst", "SGST": "sgst", "UTGST": "sgst", "CESS": "cess", "VAT": "vat"}


@dataclass(slots=True)
class Amounts:
    """Taxable value and tax by its heads. Adding keeps every paisa: these are the posted figures."""

    taxable: Decimal = ZERO
    igst: Decimal = ZERO
    cgst: Decimal = ZERO
    sgst: Decimal = ZERO
    cess: Decimal = ZERO
    vat: Decimal = ZERO

    @property
    def tax(self) -> Decimal:
        return self.igst + self.cgst + self.sgst + self.cess + self.vat

    def add(self, other: Amounts, sign: int = 1) -> None:
        self.taxable += sign * other.taxable
        for head in set(HEADS.values()):
            setattr(self, head, getattr(self, head) + sign * getattr(other, head))


@dataclass(frozen=True, slots=True)
class Document:
    """A bill, or a credit note (`sign` -1; `original` is the number of its bill)."""

    sign: int
    pk: UUID
    number: str
    day: date
    store_id: UUID
    gstin: str
    place: str
    total: Decimal
    original: str = ""
    original_total: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Supply:
    """One line. `rate` is that of GST (or VAT) in percent, without cess."""

    document: Document
    name: str
    hsn: str
    unit: str
    quantity: Decimal
    rate: Decimal
    amounts: Amounts = field(default_factory=Amounts)


def supplies(period: Period) -> Iterator[Supply]:
    bills = {bill.pk: bill for bill in documents_of(period, Bill)}
    for line in _lines(BillLine.objects.filter(**period.documents("bill__")), "bill_id"):
        yield _supply(bills[line["bill_id"]], line)
    notes = {note.pk: note for note in documents_of(period, CreditNote)}
    for line in _lines(CreditNoteLine.objects.filter(**period.documents("credit_note__")), "credit_note_id"):
        yield _supply(notes[line["credit_note_id"]], line)


def documents_of(period: Period, model: type[Bill] | type[CreditNote]) -> Iterator[Document]:
    fields = ["pk", "number", "document_date", "store_id", "buyer_gstin", "place_of_supply", "total"]
    if model is CreditNote:
        fields += ["bill__number", "bill__total"]
    rows: Any = model.objects.filter(**period.documents()).values_list(*fields)
    for row in rows.iterator(BATCH):
        if model is Bill:
            yield Document(1, *row)
        else:
            *own, original, total = row
            values: list[Any] = [-1, *own, original or "", total or ZERO]
            yield Document(*values)


def _lines(lines: Any, document: str) -> Iterator[dict[str, Any]]:
    fields = (document, "name", "hsn", "unit", "quantity", "taxable", "taxes")
    return iter(lines.order_by(document, "position").values(*fields).iterator(BATCH))


def _supply(document: Document, line: dict[str, Any]) -> Supply:
    amounts, rate = Amounts(taxable=line["taxable"]), ZERO
    for tax in line["taxes"]:
        head = HEADS[tax["name"]]
        setattr(amounts, head, getattr(amounts, head) + Decimal(tax["amount"]))
        if head != "cess":
            rate += Decimal(tax["rate"])
    return Supply(document, line["name"], line["hsn"], line["unit"], line["quantity"], rate.normalize(), amounts)
