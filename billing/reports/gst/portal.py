"""GSTR-1 as the JSON that the portal and its offline tool take: short names, days as dd-mm-yyyy, amounts as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import DocumentSeries
from billing.reports.gst.gstr1 import Gstr1, RateKey
from billing.reports.gst.rows import OTHER_UNIT, UQC
from billing.reports.gst.supplies import Amounts, Document

# Table 13's own numbers and names of kinds of documents.
NATURES = {
    DocumentSeries.Kind.BILL: (1, "Invoices for outward supply"),
    DocumentSeries.Kind.OFFLINE_BILL: (1, "Invoices for outward supply"),
    DocumentSeries.Kind.CREDIT_NOTE: (5, "Credit Note"),
}


def portal_json(result: Gstr1, *, gstin: str, month: date) -> dict[str, Any]:
    return {
        "gstin": gstin,
        "fp": f"{month:%m%Y}",
        "b2b": [
            {"ctin": buyer, "inv": [_invoice(bill, items) for bill, items in invoices]}
            for buyer, invoices in _by_buyer(result.b2b)
        ],
        "b2cl": [
            {"pos": bill.place, "inv": [_invoice(bill, items, is_b2b=False)]} for bill, items in _grouped(result.b2cl)
        ],
        "b2cs": [
            {"sply_ty": "INTER" if one.igst else "INTRA", "typ": "OE", "pos": place, "rt": rate} | _amounts(one)
            for (place, rate), one in sorted(result.b2cs.items(), key=lambda item: item[0])
        ],
        "cdnr": [
            {"ctin": buyer, "nt": [_note(note, items) for note, items in notes]}
            for buyer, notes in _by_buyer(result.cdnr)
        ],
        "cdnur": [_note(note, items) | {"typ": "B2CL"} for note, items in _grouped(result.cdnur)],
        "nil": {"inv": [_nil(key, taxable) for key, taxable in sorted(result.nil.items())]},
        "hsn": {
            "hsn_b2b": list(_hsn(result, is_b2b=True)),
            "hsn_b2c": list(_hsn(result, is_b2b=False)),
        },
        "doc_issue": {"doc_det": _issued(result)},
    }


Items = list[tuple[Decimal, Amounts]]


def _grouped(section: dict[RateKey, Amounts]) -> list[tuple[Document, Items]]:
    """Each document with its rates."""
    items: defaultdict[Document, Items] = defaultdict(list)
    for (document, rate), one in section.items():
        items[document].append((rate, one))
    return [(document, sorted(items[document], key=lambda item: item[0])) for document in sorted(items, key=_number)]


def _by_buyer(section: dict[RateKey, Amounts]) -> list[tuple[str, list[tuple[Document, Items]]]]:
    buyers: defaultdict[str, list[tuple[Document, Items]]] = defaultdict(list)
    for document, items in _grouped(section):
        buyers[document.gstin].append((document, items))
    return sorted(buyers.items())


def _number(document: Document) -> str:
    return document.number


def _invoice(bill: Document, items: Items, *, is_b2b: bool = True) -> dict[str, Any]:
    head: dict[str, Any] = {"inum": bill.number, "idt": f"{bill.day:%d-%m-%Y}", "val": bill.total}
    if is_b2b:
        head |= {"pos": bill.place, "rchrg": "N", "inv_typ": "R"}
    return head | {"itms": _items(items)}


def _note(note: Document, items: Items) -> dict[str, Any]:
    return {
        "ntty": "C",
        "nt_num": note.number,
        "nt_dt": f"{note.day:%d-%m-%Y}",
        "val": note.total,
        "pos": note.place,
        "rchrg": "N",
        "inv_typ": "R",
        "itms": _items(items),
    }


def _items(items: Items) -> list[dict[str, Any]]:
    return [{"num": n, "itm_det": {"rt": rate} | _amounts(one)} for n, (rate, one) in enumerate(items, 1)]


def _amounts(one: Amounts) -> dict[str, Decimal]:
    return {"txval": one.taxable, "iamt": one.igst, "camt": one.cgst, "samt": one.sgst, "csamt": one.cess}


def _nil(key: tuple[bool, bool], taxable: Decimal) -> dict[str, Any]:
    is_interstate, is_registered = key
    kind = ("INTR" if is_interstate else "INTRA") + ("B2B" if is_registered else "B2C")
    return {"sply_ty": kind, "nil_amt": taxable, "expt_amt": 0, "ngsup_amt": 0}


def _hsn(result: Gstr1, *, is_b2b: bool) -> Iterable[dict[str, Any]]:
    rows = sorted((key.hsn, key.rate, key.unit, key) for key in result.hsn if key.is_b2b == is_b2b)
    for number, (hsn, rate, unit, key) in enumerate(rows, 1):
        row = result.hsn[key]
        head = {"num": number, "hsn_sc": hsn, "uqc": UQC.get(unit, OTHER_UNIT), "qty": row.quantity, "rt": rate}
        yield head | _amounts(row.amounts)


def _issued(result: Gstr1) -> list[dict[str, Any]]:
    by_nature: defaultdict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for run in result.issued:
        runs = by_nature[NATURES[DocumentSeries.Kind(run.kind)]]
        runs.append(
            {
                "num": len(runs) + 1,
                "from": run.first,
                "to": run.last,
                "totnum": run.count,
                "cancel": run.cancelled,
                "net_issue": run.count - run.cancelled,
            }
        )
    return [{"doc_num": n, "doc_typ": name, "docs": runs} for (n, name), runs in sorted(by_nature.items())]
