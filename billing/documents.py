"""A posted bill as one plain document: what PDF, receipt page and API show. Pure: no database, no clock."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.links import paper_address
from billing.models import Bill, BillBuyer, BillLine, Payment
from billing.queries import PostedBill
from pantrypal.core.models import Store

POSTED = "posted"


def bill_document(posted: PostedBill, *, store: Store) -> dict[str, Any]:
    """The bill as JSON can carry it: amounts, rates and quantities as strings, times in UTC, ids as text.

    Every figure is a stored one; nothing is worked out a second time. `store` is the bill's own.
    """
    bill = posted.bill
    return {
        "id": str(bill.pk),
        "number": bill.number,
        "printed_number": bill.printed_number,
        "status": POSTED,
        "store": store.code,
        "register": bill.register.code,
        "shift": str(bill.shift_id),
        "cashier": bill.cashier,
        "seller": bill.seller.content,
        "customer": _customer(bill, posted.buyer),
        "place_of_supply": bill.place_of_supply,
        "finalized_at": moment(bill.finalized_at),
        "occurred_at": moment(bill.occurred_at),
        "document_date": bill.document_date.isoformat(),
        "business_date": bill.business_date.isoformat(),
        "time_zone": store.time_zone,
        "currency": bill.currency,
        "prices_include_tax": bill.prices_include_tax,
        "lines": [_line(line) for line in posted.lines],
        "subtotal": plain(bill.subtotal),
        "discount": plain(bill.discount),
        "taxable": plain(bill.taxable),
        "taxes": bill.taxes,
        "tax": plain(bill.tax),
        "round_off": plain(bill.round_off),
        "total": plain(bill.total),
        "payments": [_payment(payment) for payment in posted.payments],
        "change": plain(bill.change),
        "points_earned": 0,
        "hash": bill.hash,
        "links": {
            "self": f"/api/v1/bills/{bill.pk}",
            "pdf": f"/api/v1/bills/{bill.pk}/pdf",
            "public": paper_address(bill.org_id, bill.pk),
        },
    }


def plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the microsecond."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _customer(bill: Bill, buyer: BillBuyer | None) -> dict[str, Any] | None:
    """Who bought, as the bill was made out; blank after the person has been erased."""
    if buyer is None:
        return None
    return {
        "id": str(bill.customer_id) if bill.customer_id else None,
        "name": buyer.name,
        "phone": buyer.phone,
        "email": buyer.email,
        "address": buyer.address,
        "state_code": buyer.state_code,
        "gstin": bill.buyer_gstin,
    }


def _line(line: BillLine) -> dict[str, Any]:
    return {
        "id": str(line.pk),
        "product": str(line.product_id),
        "name": line.name,
        "names": line.names,
        "sku": line.sku,
        "barcode": line.barcode,
        "hsn": line.hsn,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "pack": plain(line.pack),
        "mrp": plain(line.mrp),
        "unit_price": plain(line.unit_price),
        "gross": plain(line.gross),
        "discount": plain(line.discount),
        "discount_reasons": line.discount_reasons,
        "taxable": plain(line.taxable),
        "taxes": line.taxes,
        "tax": plain(line.tax),
        "total": plain(line.total),
    }


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "method": payment.method,
        "amount": plain(payment.amount),
        "tendered": plain(payment.tendered),
        "reference": payment.reference,
    }
