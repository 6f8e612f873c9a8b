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

from billing.models import Bill, BillBuyer, BillLine, Payment

BILL = (
    "org_id", "id", "store_id", "register_id", "shift_id", "finalized_at", "occurred_at", "document_date",
    "business_date", "cashier", "seller_id", "customer_id", "buyer_gstin", "place_of_supply", "prices_include_tax",
    "currency", "subtotal", "discount", "taxable", "tax", "taxes", "round_off", "total", "change", "fingerprint",
)  # fmt: skip
LINE = (
    "id", "position", "product_id", "name", "sku", "barcode", "hsn", "quantity", "pack", "unit", "mrp", "unit_price",
    "gross", "discount", "discount_reasons", "taxable", "taxes", "tax", "total",
)  # fmt: skip
PAYMENT = ("id", "position", "method", "amount", "tendered", "reference")
BUYER = ("salt", "name", "phone", "email", "address", "state_code")


def content_hash(bill: Bill, lines: Iterable[BillLine], payments: Iterable[Payment], buyer: BillBuyer | None) -> str:
    content = {
        **_values(bill, BILL),
        "lines": [_values(line, LINE) for line in lines],
        "payments": [_values(payment, PAYMENT) for payment in payments],
        # Salted, so that it tells nothing once the person has been erased.
        "buyer": digest(_values(buyer, BUYER)) if buyer else None,
    }
    return digest(content)


def digest(content: Any) -> str:
    text = json.dumps(content, default=plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


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
