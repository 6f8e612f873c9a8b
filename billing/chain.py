"""The hash chain of posted documents: what exactly is hashed.

A document's content is a canonical JSON text of its stored columns (keys sorted, no blanks, amounts and
times as strings). Its link is SHA-256 over the link before it in its series, its number and the SHA-256
of its content (billing/sql/next_number.sql). Costs are not part of it: they are our own figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models

from billing.models import Bill, BillBuyer, BillLine, CreditNote, CreditNoteLine, Payment, Refund, ZReport

BILL = (
    "org_id", "id", "store_id", "register_id", "shift_id", "finalized_at", "occurred_at", "document_date",
    "business_date", "cashier", "seller_id", "customer_id", "buyer_gstin", "place_of_supply", "prices_include_tax",
    "currency", "subtotal", "discount", "taxable", "tax", "taxes", "round_off", "total", "change", "fingerprint",
    "printed_number",
)  # fmt: skip
LINE = (
    "id", "position", "product_id", "name", "names", "sku", "barcode", "hsn", "quantity", "pack", "unit", "mrp",
    "unit_price", "gross", "discount", "discount_reasons", "taxable", "taxes", "tax", "total",
)  # fmt: skip
PAYMENT = ("id", "position", "method", "amount", "tendered", "reference", "stored_value_id")
CREDIT_NOTE = (
    "org_id", "id", "kind", "bill_id", "reason", "approval_id", "store_id", "register_id", "shift_id", "finalized_at",
    "document_date", "business_date", "cashier", "seller_id", "customer_id", "buyer_gstin", "place_of_supply",
    "prices_include_tax", "currency", "taxable", "tax", "taxes", "round_off", "total", "fingerprint",
)  # fmt: skip
CREDIT_NOTE_LINE = (
    "id", "position", "bill_line_id", "product_id", "name", "names", "sku", "hsn", "quantity", "unit", "pack",
    "disposition", "taxable", "taxes", "tax", "total",
)  # fmt: skip
REFUND = ("id", "position", "method", "amount", "reference", "stored_value_id")
Z_REPORT = ("id", "register_id", "shift_id", "closed_at", "figures", "period_total", "grand_total")
BUYER = ("salt", "name", "phone", "email", "address", "state_code")


def bill_hash(bill: Bill, lines: Iterable[BillLine], payments: Iterable[Payment], buyer: BillBuyer | None) -> str:
    """SHA-256 of a bill's content."""
    content = {
        **_values(bill, BILL),
        "lines": [_values(line, LINE) for line in lines],
        "payments": [_values(payment, PAYMENT) for payment in payments],
        "buyer": buyer_digest(buyer) if buyer else None,
    }
    return digest(content)


def buyer_digest(buyer: BillBuyer) -> str:
    """Salted, so that it tells nothing once the person has been erased; then the one that was kept."""
    return buyer.digest if buyer.erased_at else digest(_values(buyer, BUYER))


def credit_note_hash(note: CreditNote, lines: Iterable[CreditNoteLine], refunds: Iterable[Refund]) -> str:
    """SHA-256 of a credit note's content."""
    content = {
        **_values(note, CREDIT_NOTE),
        "lines": [_values(line, CREDIT_NOTE_LINE) for line in lines],
        "refunds": [_values(refund, REFUND) for refund in refunds],
    }
    return digest(content)


def z_report_hash(report: ZReport) -> str:
    """The link of a Z report in its register's own chain."""
    content = _values(report, Z_REPORT)
    return sha256(f"{report.previous_hash}|{report.number}|{digest(content)}".encode()).hexdigest()


def link(previous_hash: str, number: str, content_hash: str) -> str:
    """The link of a document in its series, as billing/sql/next_number.sql makes it."""
    return sha256(f"{previous_hash}|{number}|{content_hash}".encode()).hexdigest()


def digest(content: Any) -> str:
    text = json.dumps(content, default=plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def as_json(value: dict[str, Any]) -> dict[str, Any]:
    """The same as JSON gives it back: amounts and times as strings."""
    result: dict[str, Any] = json.loads(json.dumps(value, default=plain))
    return result


def plain(value: Any) -> str:
    """Numbers, times and ids as strings, the same before posting and when read back."""
    match value:
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"{type(value)} has no canonical form")


def _values(row: models.Model, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
