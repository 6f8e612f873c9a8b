"""The sections of GSTR-1 for a period: who bought what, at which rates, and which documents were issued.

B2B (4A), B2CL (5A: to consumers of another state, above 1,00,000), B2CS (7: all other consumers, net of their returns),
nil (8: 0 %), CDNR and CDNUR (9B: credit notes to registered buyers, and to those of B2CL), HSN (12), documents (13).
Each figure is a sum of posted ones; `billing.reports.gst.checks` ties them to the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billing.models import Bill, CreditNote, DocumentSeries
from billing.reports.gst.supplies import Amounts, Document, Supply, supplies
from billing.reports.period import Period
from pantrypal.core.money import ZERO

# Of an invoice, in rupees (Notification 12/2024-CT of 10 July 2024, from August 2024 on).
LARGE = Decimal(100_000)

RateKey = tuple[Document, Decimal]


@dataclass(frozen=True, slots=True)
class HsnKey:
    is_b2b: bool
    hsn: str
    unit: str
    rate: Decimal


@dataclass(slots=True)
class HsnSum:
    quantity: Decimal = ZERO
    amounts: Amounts = field(default_factory=Amounts)


@dataclass(frozen=True, slots=True)
class Issued:
    """A run of consecutive numbers of one series. `cancelled`: numbers in it that no document has."""

    kind: str
    first: str
    last: str
    count: int
    cancelled: int = 0


@dataclass(slots=True)
class Gstr1:
    """By document and rate, or by place and rate; amounts of credit notes are positive where they are listed."""

    b2b: dict[RateKey, Amounts] = field(default_factory=dict)
    b2cl: dict[RateKey, Amounts] = field(default_factory=dict)
    b2cs: dict[tuple[str, Decimal], Amounts] = field(default_factory=dict)
    nil: dict[tuple[bool, bool], Decimal] = field(default_factory=dict)
    cdnr: dict[RateKey, Amounts] = field(default_factory=dict)
    cdnur: dict[RateKey, Amounts] = field(default_factory=dict)
    hsn: dict[HsnKey, HsnSum] = field(default_factory=dict)
    issued: list[Issued] = field(default_factory=list)

    def totals(self) -> Amounts:
        """Of all sections that state values, net of credit notes: what must equal the ledger."""
        whole = Amounts(taxable=sum(self.nil.values(), ZERO))
        for section, sign in ((self.b2b, 1), (self.b2cl, 1), (self.cdnr, -1), (self.cdnur, -1)):
            for amounts in section.values():
                whole.add(amounts, sign)
        for amounts in self.b2cs.values():
            whole.add(amounts)
        return whole

    def hsn_totals(self) -> Amounts:
        whole = Amounts()
        for row in self.hsn.values():
            whole.add(row.amounts)
        return whole


def gstr1(period: Period) -> Gstr1:
    """Of the stores of one registration; `period` is usually a calendar month."""
    states = {store.pk: store.state_code for store in period.stores}
    result = Gstr1()
    for supply in supplies(period):
        is_interstate = bool(supply.document.place) and supply.document.place != states[supply.document.store_id]
        _count_in(result, supply, is_interstate)
        _count_hsn(result, supply)
    result.issued = list(_issued(period))
    return result


def _count_in(result: Gstr1, supply: Supply, is_interstate: bool) -> None:
    document = supply.document
    if not supply.rate and not supply.amounts.tax:
        key = (is_interstate, bool(document.gstin))
        result.nil[key] = result.nil.get(key, ZERO) + document.sign * supply.amounts.taxable
        return
    is_large = is_interstate and (document.original_total if document.sign < 0 else document.total) > LARGE
    by_document = (document, supply.rate)
    if document.gstin:
        section = result.b2b if document.sign > 0 else result.cdnr
        section.setdefault(by_document, Amounts()).add(supply.amounts)
    elif is_large:
        section = result.b2cl if document.sign > 0 else result.cdnur
        section.setdefault(by_document, Amounts()).add(supply.amounts)
    else:
        result.b2cs.setdefault((document.place, supply.rate), Amounts()).add(supply.amounts, document.sign)


def _count_hsn(result: Gstr1, supply: Supply) -> None:
    key = HsnKey(bool(supply.document.gstin), supply.hsn, supply.unit, supply.rate)
    row = result.hsn.setdefault(key, HsnSum())
    row.quantity += supply.document.sign * supply.quantity
    row.amounts.add(supply.amounts, supply.document.sign)


def _issued(period: Period) -> Iterable[Issued]:
    registers = {"register__store_id__in": [store.pk for store in period.stores]}
    for series in DocumentSeries.objects.filter(**registers).order_by("kind", "prefix", "fiscal_year"):
        model: Any = CreditNote if series.kind == DocumentSeries.Kind.CREDIT_NOTE else Bill
        documents = model.objects.filter(series=series)
        numbers = documents.filter(**period.documents()).order_by("sequence").values_list("sequence", "number")
        first, last = numbers.first(), numbers.last()
        if first is not None and last is not None:
            count = last[0] - first[0] + 1
            there = documents.filter(sequence__range=(first[0], last[0])).count()
            yield Issued(series.kind, first[1], last[1], count, count - there)
