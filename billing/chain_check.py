"""Walks the hash chains of one organization: bills, credit notes, Z reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import batched
from typing import Any

from billing import chain
from billing.models import (
    Bill,
    BillBuyer,
    BillLine,
    CreditNote,
    CreditNoteLine,
    DocumentSeries,
    Payment,
    Refund,
    Register,
    SellerSnapshot,
    ZReport,
)
from billing.posting.sellers import seller_id
from pantrypal.core.findings import Finding
from pantrypal.core.money import ZERO

BATCH = 500


def check_chains() -> Iterator[Finding]:
    for series in DocumentSeries.objects.order_by("register", "kind", "fiscal_year"):
        yield from _check_series(series)
    known = DocumentSeries.objects.values("pk")
    for model in (Bill, CreditNote):
        for document in model.objects.exclude(series__in=known):
            yield Finding("chain", document.number, "its number series is missing")
    for register in Register.objects.all():
        yield from _check_z_reports(register)
    for snapshot in SellerSnapshot.objects.all():
        if seller_id(snapshot.content) != snapshot.pk:
            yield Finding("seller", str(snapshot.pk), "the seller's wording was changed after bills were made out")


def _check_series(series: DocumentSeries) -> Iterator[Finding]:
    """Numbers 1..n without a gap, each content and each link as it was posted, and the head at the last one."""
    model: Any = CreditNote if series.kind == DocumentSeries.Kind.CREDIT_NOTE else Bill
    previous, number, total = "", 0, ZERO
    documents = model.objects.filter(series=series).order_by("sequence")
    for rows in batched(documents.iterator(BATCH), BATCH):
        contents = _contents(rows)
        for document in rows:
            number += 1
            yield from _check_document(document, contents[document.pk], number, previous)
            number, previous, total = document.sequence, document.hash, total + document.total
    if (series.last_number, series.head_hash) != (number, previous):
        yield Finding("chain", str(series), f"ends at {number}, but {series.last_number} numbers were given out")
    if series.total != total:
        yield Finding("grand total", str(series), f"is {series.total}, but its documents add up to {total}")


def _check_document(document: Bill | CreditNote, content: str, expected: int, previous: str) -> Iterator[Finding]:
    where = document.number
    if document.sequence != expected:
        yield Finding("gap", where, f"number {document.sequence} follows {expected - 1}")
    if document.number != _number(document):
        yield Finding("number", where, f"should be {_number(document)}")
    if document.content_hash != content:
        yield Finding("content", where, "was changed after it was posted")
    if document.previous_hash != previous:
        yield Finding("link", where, "does not follow the document before it")
    if document.hash != chain.link(document.previous_hash, document.number, document.content_hash):
        yield Finding("hash", where, "is not that of its number, its content and the one before")


def _number(document: Bill | CreditNote) -> str:
    series = document.series
    return f"{series.prefix}-{series.fiscal_year % 100:02}-{document.sequence:07}"


def _contents(documents: Iterable[Any]) -> dict[Any, str]:
    """The SHA-256 of each document's content as it is stored now."""
    documents = list(documents)
    if isinstance(documents[0], Bill):
        lines = _by(BillLine.objects.filter(bill__in=documents).order_by("position"), "bill_id")
        payments = _by(Payment.objects.filter(bill__in=documents).order_by("position"), "bill_id")
        buyers = {buyer.bill_id: buyer for buyer in BillBuyer.objects.filter(bill__in=documents)}
        return {
            bill.pk: chain.bill_hash(bill, lines.get(bill.pk, []), payments.get(bill.pk, []), buyers.get(bill.pk))
            for bill in documents
        }
    note_lines = _by(CreditNoteLine.objects.filter(credit_note__in=documents).order_by("position"), "credit_note_id")
    refunds = _by(Refund.objects.filter(credit_note__in=documents).order_by("position"), "credit_note_id")
    return {
        note.pk: chain.credit_note_hash(note, note_lines.get(note.pk, []), refunds.get(note.pk, []))
        for note in documents
    }


def _by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, name), []).append(row)
    return grouped


def _check_z_reports(register: Register) -> Iterator[Finding]:
    previous, number, total = "", 0, Decimal(0)
    for report in ZReport.objects.filter(register=register).order_by("number"):
        number += 1
        where = f"{register.name}, {report}"
        if report.number != number:
            yield Finding("gap", where, f"follows Z {number - 1}")
        if report.previous_hash != previous or report.hash != chain.z_report_hash(report):
            yield Finding("content", where, "was changed after the shift was closed")
        if report.grand_total < total:
            yield Finding("grand total", where, "is less than the one before")
        previous, number, total = report.hash, report.number, report.grand_total
