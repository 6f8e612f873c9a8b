"""Webhooks as Razorpay sends them (its documentation's samples, with our figures put in), and their signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

WEBHOOK_KEY = "whsec_demo"


def captured(reference: str, paise: int, *, payment: str = "pay_DESlfW9H8K9uqM", **changes: Any) -> dict[str, Any]:
    return _event("payment.captured", {"payment": _payment(payment, paise, notes={"reference": reference}, **changes)})


def failed(reference: str, paise: int) -> dict[str, Any]:
    payment = _payment("pay_DEApNNTR6xmqJy", paise, notes={"reference": reference}, status="failed")
    payment["error_code"], payment["error_description"] = "BAD_REQUEST_ERROR", "Payment failed due to incorrect UPI PIN"
    return _event("payment.failed", {"payment": payment})


def credited(code: str, paise: int) -> dict[str, Any]:
    """A UPI code was paid: the payment itself knows nothing of us."""
    entity = {
        "id": code,
        "entity": "qr_code",
        "type": "upi_qr",
        "usage": "single_use",
        "status": "closed",
        "payment_amount": paise,
        "payments_amount_received": paise,
        "payments_count_received": 1,
        "notes": [],
    }
    payment = _payment("pay_HMtDKn3TnF4D8x", paise, notes=[])
    return _event("qr_code.credited", {"payment": payment, "qr_code": entity})


def refunded(reference: str, paise: int, **refund: Any) -> dict[str, Any]:
    """`refund`: what its entity says besides; `status` failed makes it the event of a failure."""
    entity = {"id": "rfnd_FS8SHgFFyYzN2b", "entity": "refund", "amount": paise, "currency": "INR"}
    entity |= {"payment_id": "pay_DESlfW9H8K9uqM", "notes": [], "status": "processed"} | refund
    payment = _payment("pay_DESlfW9H8K9uqM", paise, notes={"reference": reference}, status="refunded")
    return _event(f"refund.{entity['status']}", {"refund": entity, "payment": payment})


def signed(event: dict[str, Any], key: str = WEBHOOK_KEY) -> tuple[bytes, dict[str, str]]:
    """Body and headers."""
    body = json.dumps(event, separators=(",", ":")).encode()
    signature = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return body, {
        "X-Razorpay-Signature": signature,
        "X-Razorpay-Event-Id": f"ev_{hashlib.sha256(body).hexdigest()[:14]}",
    }


def _event(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "entity": "event",
        "account_id": "acc_BFQ7uQEaa7j2z7",
        "event": name,
        "contains": list(payload),
        "payload": {kind: {"entity": entity} for kind, entity in payload.items()},
        "created_at": 1772433000,
    }


def _payment(pk: str, paise: int, *, notes: Any, status: str = "captured", **changes: Any) -> dict[str, Any]:
    return {
        "id": pk,
        "entity": "payment",
        "amount": paise,
        "currency": "INR",
        "status": status,
        "order_id": None,
        "invoice_id": None,
        "international": False,
        "method": "upi",
        "amount_refunded": 0,
        "refund_status": None,
        "captured": status == "captured",
        "description": "QRv2 Payment",
        "vpa": "gaurav.kumar@exampleupi",
        "email": None,
        "contact": "+919876543210",
        "notes": notes,
        "fee": 2,
        "tax": 0,
        "error_code": None,
        "created_at": 1772433000,
    } | changes
