"""What the papers of a credit note print: its document with every figure written out. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing.models.payment import Method
from billing.pdf.labels import labels
from billing.pdf.printing import RUPEE, Writer, other_names, plain_number, printed_buyer, quantity_text, rate_of, state
from billing.pdf.words import rupees_in_words
from pantrypal.core.business_time import zone


def printable_credit_note(document: dict[str, Any]) -> dict[str, Any]:
    """The document of `billing.credit_note_documents`, ready for a template: strings only (CGST Rule 53)."""
    write = Writer(document["currency"])
    at = datetime.fromisoformat(document["finalized_at"])
    total = Decimal(document["total"])
    return {
        "title": _("Credit note"),
        "language": get_language() or "en",
        "labels": labels() | _own_labels(),
        "number": document["number"],
        "date": _date(document["document_date"]),
        "time": at.astimezone(zone(document["time_zone"])).strftime("%H:%M"),
        "till": f"{document['store']} · {document['register']}",
        "cashier": document["cashier"],
        "seller": document["seller"] | {"state": state(document["seller"]["state_code"])},
        "buyer": printed_buyer(document["customer"]),
        "place_of_supply": state(document["place_of_supply"]),
        "bill": document["bill"],
        "bill_date": _date(document["bill_date"]) if document["bill_date"] else "",
        "reason": document["reason"],
        "lines": [_line(line, write) for line in document["lines"]],
        "taxes": [[tax["name"], f"{tax['rate']} %", *_amounts(tax, write)] for tax in document["taxes"]],
        "sums": _sums(document, write),
        "total": write.money(document["total"]),
        "in_words": rupees_in_words(total, get_language() or "en") if document["currency"] == RUPEE else "",
        "refunds": [_refund(refund, write) for refund in document["refunds"]],
        "hash": document["hash"],
    }


def spendable_code(document: dict[str, Any]) -> str:
    """The code of the store credit that this note has given, where the paper may show it."""
    return next((str(refund["code"]) for refund in document["refunds"] if refund["is_whole_code"]), "")


def _own_labels() -> dict[str, str]:
    return {
        "for_bill": _("For bill"),
        "without_bill": _("Without a bill"),
        "reason": _("Reason"),
        "given_back": _("Given back"),
        "spend": _("Pay with this code at any of our tills. Whoever has it may spend it: keep this paper."),
    }


def _date(day: str) -> str:
    return date_format(date.fromisoformat(day), "j M Y")


def _line(line: dict[str, Any], write: Writer) -> dict[str, Any]:
    return {
        "name": line["name"],
        "other_names": other_names(line),
        "reasons": [],
        "hsn": line["hsn"],
        "quantity": quantity_text(line),
        "taxable": write.amount(line["taxable"]),
        "rate": f"{plain_number(str(rate_of(line['taxes'])))} %",
        "tax": write.amount(line["tax"]),
        "total": write.amount(line["total"]),
    }


def _amounts(tax: dict[str, str], write: Writer) -> list[str]:
    return [write.amount(tax["taxable"]), write.amount(tax["amount"])]


def _sums(document: dict[str, Any], write: Writer) -> list[list[str]]:
    rows = [
        (_("Taxable value"), document["taxable"]),
        (_("Tax"), document["tax"]),
        (_("Round off"), document["round_off"]),
    ]
    return [[label, write.amount(value)] for label, value in rows if Decimal(value)]


def _refund(refund: dict[str, Any], write: Writer) -> dict[str, str]:
    return {
        "method": str(Method(refund["method"]).label) if refund["method"] in Method.values else refund["method"],
        "amount": write.money(refund["amount"]),
        "reference": refund["reference"],
        "code": refund["code"],
    }
