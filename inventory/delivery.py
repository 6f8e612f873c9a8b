"""A delivery as it is handed in at the back door, before it is posted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from inventory.models import PurchaseOrder, Supplier
from pantrypal.core.models import Store

# From this many percent of the last cost on, a change is asked about.
NOTABLE_PERCENT = Decimal(1)


@dataclass(frozen=True, slots=True)
class PrintedLot:
    """What is printed on the goods. Without a number the lot is known by its date."""

    code: str = ""
    expires_on: date | None = None
    manufactured_on: date | None = None
    mrp: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DeliveredGoods:
    """`quantity` counts pieces; `unit_cost` None: as ordered, else as the supplier asks, else as the last time."""

    product: UUID
    quantity: Decimal
    unit_cost: Decimal | None = None
    lot: PrintedLot | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """Freight, loading, insurance: what the goods have cost beyond their price, without tax."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Delivery:
    """`accepts_costs`: somebody has seen that goods cost more or less than the last time, and takes them."""

    id: UUID
    store: Store
    supplier: Supplier
    lines: Sequence[DeliveredGoods]
    order: PurchaseOrder | None = None
    delivery_note: str = ""
    charges: Sequence[Charge] = ()
    accepts_costs: bool = False

    def fingerprint(self) -> str:
        """The same for the same delivery handed in again, whether or not its costs were accepted by then."""
        content = [
            str(self.store.pk),
            str(self.supplier.pk),
            str(self.order.pk) if self.order else "",
            self.delivery_note,
            [asdict(line) for line in self.lines],
            [asdict(charge) for charge in self.charges],
        ]
        return sha256(json.dumps(content, default=str).encode()).hexdigest()


def is_notable(now: Decimal, before: Decimal) -> bool:
    """Whether somebody should look before goods are taken at this cost."""
    return abs(now - before) * 100 > NOTABLE_PERCENT * before
