"""A bill as a receipt printer's bytes, from the same figures that page and PDF print. Pure."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from billing.escpos.encoder import Printer
from billing.escpos.settings import PrinterSettings
from billing.models.payment import Method
from billing.pdf.printing import code_text, printable


def receipt_bytes(document: dict[str, Any], settings: PrinterSettings, *, opens_drawer: bool = False) -> bytes:
    """The document of `billing.documents.bill_document`, for a printer that is set like this.

    `opens_drawer`: the first print of a sale in cash, if the drawer hangs on the printer.
    """
    printer = settings.printer()
    bill = printable(document)
    is_cash = any(payment["method"] == Method.CASH for payment in document["payments"])
    if opens_drawer and is_cash and settings.opens_drawer:
        printer.open_drawer()
    print_head(printer, bill)
    _lines(printer, bill)
    _sums(printer, bill)
    _foot(printer, bill, code_text(document))
    return bytes(printer.sent)


def print_head(printer: Printer, document: dict[str, Any]) -> None:
    """Who sells, which document this is, and to whom it is made out."""
    seller, labels = document["seller"], document["labels"]
    for text in seller["header"].splitlines():
        printer.line(text, is_centred=True)
    printer.line(seller["name"], is_large=True, is_centred=True)
    for text in seller["address"].splitlines():
        printer.line(text, is_centred=True)
    if seller["gstin"]:
        printer.line(f"GSTIN {seller['gstin']}", is_centred=True)
    printer.line(document["title"], is_bold=True, is_centred=True)
    printer.pair(document["number"], f"{document['date']} {document['time']}")
    printer.pair(document["till"], document["cashier"])
    if buyer := document["buyer"]:
        for text in (buyer["name"], buyer["phone"], f"GSTIN {buyer['gstin']}" if buyer["gstin"] else ""):
            if text:
                printer.line(f"{labels['billed_to']}: {text}")
    printer.rule()


def _lines(printer: Printer, bill: dict[str, Any]) -> None:
    for line in bill["lines"]:
        for text in (line["name"], *_own_names(line, bill["language"])):
            for part in wrapped(text, printer):
                printer.line(part)
        printer.pair(f"  {line['quantity']} x {line['price']}", line["gross"])
        if line["discount"]:
            printer.pair(f"  {', '.join(line['reasons'])}"[: printer.columns - 12], f"-{line['discount']}")
    printer.rule()


def _sums(printer: Printer, bill: dict[str, Any]) -> None:
    for label, amount in bill["sums"]:
        printer.pair(label, amount)
    printer.line(f"{bill['labels']['total']}  {bill['total']}", is_large=True, is_centred=True)
    for payment in bill["payments"]:
        printer.pair(payment["method"], payment["tendered"] or payment["amount"])
    if bill["change"]:
        printer.pair(bill["labels"]["change"], bill["change"], is_bold=True)
    printer.rule()
    for name, rate, taxable, amount in bill["taxes"]:
        printer.pair(f"{name} {rate} / {taxable}", amount)


def _foot(printer: Printer, bill: dict[str, Any], code: str) -> None:
    if bill["saved"]:
        printer.line(f"{bill['labels']['you_saved']} {bill['saved']}", is_bold=True, is_centred=True)
    printer.feed(1)
    printer.qr(code)
    print_end(printer, bill["seller"]["footer"])


def print_end(printer: Printer, footer: str) -> None:
    for text in footer.splitlines():
        for part in wrapped(text, printer):
            printer.line(part, is_centred=True)
    printer.cut()


def _own_names(line: dict[str, Any], language: str) -> list[str]:
    """The name in the paper's language; other languages' are left out, since a picture takes long to print."""
    return [name for of, name in line["other_names"] if of == language]


def wrapped(text: str, printer: Printer) -> list[str]:
    """A picture wraps by itself; letters are wrapped between words."""
    return [text] if printer.encode(text) is None else wrap(text, printer.columns) or [text]
