"""What is asked of a return, as the edges hand it over."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from billing.models import Bill, CreditNoteLine, Register
from billing.sale import Buyer
from pantrypal.core.models import Store

Disposition = CreditNoteLine.Disposition


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Some of a line of the bill, and what becomes of the goods."""

    bill_line: UUID
    quantity: Decimal
    disposition: str = Disposition.RESTOCK


@dataclass(frozen=True, slots=True)
class RefundTender:
    """A way of giving money back. Without an amount it gives back what the others leave."""

    method: str
    amount: Decimal | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """`id` is the idempotency key of the return, chosen by the client (UUIDv7).

    No `lines` means everything that has not come back yet. `register` is where it is paid out.
    """

    id: UUID
    bill: Bill
    store: Store
    register: Register
    reason: str
    lines: tuple[ReturnLine, ...] = ()
    refunds: tuple[RefundTender, ...] = ()
    is_void: bool = False
    approval: UUID | None = None
    reason_code: str = ""

    def fingerprint(self) -> str:
        """SHA-256 of what was asked for: tells a repeat from another return with its id."""
        asked = {
            "bill": self.bill.pk,
            "register": self.register.pk,
            "reason": self.reason,
            "lines": [asdict(line) for line in self.lines],
            "refunds": [asdict(refund) for refund in self.refunds],
            "is_void": self.is_void,
        }
        return sha256(json.dumps(asked, default=_plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class UnbilledLine:
    """Goods that come back without their bill, by product or by a code as scanned."""

    quantity: Decimal
    product: UUID | None = None
    code: str = ""
    disposition: str = Disposition.RESTOCK


@dataclass(frozen=True, slots=True)
class ReturnWithoutBill:
    """`id` is the idempotency key. The prices are those of today; `buyer` gets the store credit if named."""

    id: UUID
    store: Store
    register: Register
    reason: str
    lines: tuple[UnbilledLine, ...]
    refunds: tuple[RefundTender, ...] = ()
    buyer: Buyer | None = None
    approval: UUID | None = None
    reason_code: str = ""

    def fingerprint(self) -> str:
        asked = {
            "register": self.register.pk,
            "reason": self.reason,
            "lines": [asdict(line) for line in self.lines],
            "refunds": [asdict(refund) for refund in self.refunds],
            "buyer": asdict(self.buyer) if self.buyer else None,
        }
        return sha256(json.dumps(asked, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
