"""A credit note as a receipt printer's bytes, with the code of its store credit. Pure."""

from __future__ import annotations

from typing import Any

from billing.escpos.encoder import Printer
from billing.escpos.receipt import print_end, print_head, wrapped
from billing.escpos.settings import PrinterSettings
from billing.pdf.credit_notes import printable_credit_note, spendable_code


def credit_note_bytes(document: dict[str, Any], settings: PrinterSettings) -> bytes:
    """The document of `billing.credit_note_documents.credit_note_document`, for a printer that is set like this."""
    printer, note = settings.printer(), printable_credit_note(document)
    print_head(printer, note)
    labels = note["labels"]
    if note["bill"]:
        printer.pair(labels["for_bill"], f"{note['bill']} {note['bill_date']}")
    else:
        printer.line(labels["without_bill"])
    _lines(printer, f"{labels['reason']}: {note['reason']}")
    printer.rule()
    for line in note["lines"]:
        _lines(printer, line["name"])
        printer.pair(f"  {line['quantity']}", line["total"])
    printer.rule()
    for label, amount in note["sums"]:
        printer.pair(label, amount)
    printer.line(f"{labels['total']}  {note['total']}", is_large=True, is_centred=True)
    for refund in note["refunds"]:
        printer.pair(f"{labels['given_back']}: {refund['method']}", refund["amount"])
        if refund["code"]:
            printer.line(refund["code"], is_large=True, is_centred=True)
    if code := spendable_code(document):
        printer.qr(code)
        _lines(printer, labels["spend"])
    printer.rule()
    for name, rate, taxable, amount in note["taxes"]:
        printer.pair(f"{name} {rate} / {taxable}", amount)
    print_end(printer, note["seller"]["footer"])
    return bytes(printer.sent)


def _lines(printer: Printer, text: str) -> None:
    for part in wrapped(text, printer):
        printer.line(part)
