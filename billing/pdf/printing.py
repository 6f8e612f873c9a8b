"""What the templates print: the document of a bill with every figure written out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, get_currency_symbol
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billing.models.payment import Method
from billing.pdf.labels import labels
from billing.pdf.words import rupees_in_words
from catalog.models.product import Unit
from pantrypal.core.business_time import zone
from pantrypal.core.india import STATES
from pantrypal.core.money import ZERO, currency_places

RUPEE = "INR"


def printable(document: dict[str, Any]) -> dict[str, Any]:
    """The document of `billing.documents.bill_document`, ready for a template: strings only."""
    write = Writer(document["currency"])
    at = datetime.fromisoformat(document["occurred_at"] or document["finalized_at"])
    total = Decimal(document["total"])
    return {
        "title": _title(document),
        "language": get_language() or "en",
        "labels": labels(),
        "number": document["number"],
        "date": date_format(date.fromisoformat(document["document_date"]), "j M Y"),
        "time": at.astimezone(zone(document["time_zone"])).strftime("%H:%M"),
        "till": f"{document['store']} · {document['register']}",
        "cashier": document["cashier"],
        "seller": document["seller"] | {"state": state(document["seller"]["state_code"])},
        "buyer": printed_buyer(document["customer"]),
        "place_of_supply": state(document["place_of_supply"]),
        "lines": [_line(line, write) for line in document["lines"]],
        "taxes": [_tax(tax, write) for tax in document["taxes"]],
        "by_hsn": _by_hsn(document["lines"], write),
        "has_hsn": any(line["hsn"] for line in document["lines"]),
        "prices_include_tax": document["prices_include_tax"],
        "sums": _sums(document, write),
        "total": write.money(document["total"]),
        "in_words": rupees_in_words(total, get_language() or "en") if document["currency"] == RUPEE else "",
        "saved": write.money(document["discount"]) if Decimal(document["discount"]) else "",
        "payments": [_payment(payment, write) for payment in document["payments"]],
        "change": write.money(document["change"]) if Decimal(document["change"]) else "",
        "hash": document["hash"],
    }


class Writer:
    """Amounts of one currency as people write them."""

    def __init__(self, currency: str) -> None:
        places = currency_places(currency)
        self.symbol = get_currency_symbol(currency, "en_IN")
        self.pattern = ("#,##,##0" if currency == RUPEE else "#,##0") + ("." + "0" * places if places else "")

    def amount(self, value: str | Decimal) -> str:
        return str(format_decimal(Decimal(value), format=self.pattern, locale="en"))

    def money(self, value: str | Decimal) -> str:
        return f"{self.symbol}{self.amount(value)}"


def plain_number(value: str) -> str:
    """2.000 as 2, 0.750 as 0.75."""
    return str(format_decimal(Decimal(value).normalize(), format="#,##0.###", locale="en"))


def state(code: str) -> str:
    return f"{code} {STATES[code]}" if code in STATES else code


def code_text(document: dict[str, Any]) -> str:
    """What the QR code holds: the address where anybody can see whether the bill is genuine."""
    return str(document["links"]["public"])


def _title(document: dict[str, Any]) -> str:
    """CGST Rule 46: a tax invoice; Rule 49: a bill of supply, where nothing on it is taxed."""
    if not document["seller"]["gstin"]:
        return _("Invoice")
    return _("Tax invoice") if Decimal(document["tax"]) else _("Bill of supply")


def printed_buyer(customer: dict[str, Any] | None) -> dict[str, str] | None:
    if customer is None:
        return None
    named = {key: customer[key] for key in ("name", "phone", "address", "gstin")}
    return named | {"state": state(customer["state_code"] or customer["gstin"][:2])}


def _line(line: dict[str, Any], write: Writer) -> dict[str, Any]:
    return {
        "name": line["name"],
        "other_names": other_names(line),
        "hsn": line["hsn"],
        "quantity": quantity_text(line),
        "mrp": write.amount(line["mrp"]) if line["mrp"] else "",
        "price": write.amount(line["unit_price"]),
        "gross": write.amount(line["gross"]),
        "discount": write.amount(line["discount"]) if Decimal(line["discount"]) else "",
        "reasons": [reason["text"] for reason in line["discount_reasons"] if reason["text"]],
        "taxable": write.amount(line["taxable"]),
        "rate": f"{plain_number(str(rate_of(line['taxes'])))} %",
        "tax": write.amount(line["tax"]),
        "total": write.amount(line["total"]),
    }


def quantity_text(line: dict[str, Any]) -> str:
    """3, or 0.75 kg."""
    unit = str(Unit(line["unit"]).label) if line["unit"] != Unit.PIECE else ""
    return " ".join(part for part in (plain_number(line["quantity"]), unit) if part)


def other_names(line: dict[str, Any]) -> list[tuple[str, str]]:
    """The name in the paper's own language; on English paper in the first other one that the shop has written it in."""
    language = get_language() or "en"
    wanted = [code for code, _name in settings.LANGUAGES] if language == "en" else [language]
    named = [(code, line["names"][code]) for code in wanted if line["names"].get(code)]
    return [(code, name) for code, name in named[:1] if name != line["name"]]


def rate_of(taxes: Sequence[dict[str, str]]) -> Decimal:
    return sum((Decimal(tax["rate"]) for tax in taxes), ZERO)


def _tax(tax: dict[str, str], write: Writer) -> list[str]:
    return [tax["name"], f"{tax['rate']} %", write.amount(tax["taxable"]), write.amount(tax["amount"])]


def _by_hsn(lines: Sequence[dict[str, Any]], write: Writer) -> list[list[str]]:
    """Taxable value and tax of each HSN code and rate: sums of the lines' own figures."""
    sums: defaultdict[tuple[str, Decimal], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for line in lines:
        row = sums[line["hsn"], rate_of(line["taxes"])]
        row[0] += Decimal(line["taxable"])
        row[1] += Decimal(line["tax"])
    return [
        [hsn or "–", f"{plain_number(str(rate))} %", write.amount(taxable), write.amount(tax)]
        for (hsn, rate), (taxable, tax) in sorted(sums.items())
    ]


def _sums(document: dict[str, Any], write: Writer) -> list[list[str]]:
    """The way from the lines to the total; what is zero says nothing."""
    rows = [
        (_("Subtotal"), document["subtotal"]),
        (_("Discount"), str(-Decimal(document["discount"]))),
        (_("Taxable value"), document["taxable"]),
        (_("Tax"), document["tax"]),
        (_("Round off"), document["round_off"]),
    ]
    return [[label, write.amount(value)] for label, value in rows if Decimal(value)]


def _payment(payment: dict[str, Any], write: Writer) -> dict[str, str]:
    known = payment["method"] in Method.values
    return {
        "method": str(Method(payment["method"]).label) if known else payment["method"],
        "amount": write.money(payment["amount"]),
        "tendered": write.money(payment["tendered"]) if payment["tendered"] else "",
        "reference": payment["reference"],
    }
