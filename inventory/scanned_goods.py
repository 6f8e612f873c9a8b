"""What has been scanned of a delivery so far, and the lines it adds up to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from inventory.delivery import DeliveredGoods, PrintedLot


@dataclass(frozen=True, slots=True)
class GoodsScan:
    """One scan: so many pieces of a product, with what is printed on them."""

    product: UUID
    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None

    @property
    def place(self) -> tuple[UUID, str, date | None]:
        """Scans of the same lot belong to one line."""
        return self.product, self.lot, self.expires_on

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        expires_on = self.expires_on.isoformat() if self.expires_on else None
        return {
            "product": str(self.product),
            "quantity": str(self.quantity),
            "lot": self.lot,
            "expires_on": expires_on,
        }

    @classmethod
    def read(cls, kept: dict[str, Any]) -> GoodsScan:
        expires_on = date.fromisoformat(kept["expires_on"]) if kept["expires_on"] else None
        return cls(UUID(kept["product"]), Decimal(kept["quantity"]), kept["lot"], expires_on)


def read_scans(kept: Iterable[dict[str, Any]]) -> list[GoodsScan]:
    return [GoodsScan.read(one) for one in kept]


def add_up(scans: Iterable[GoodsScan], costs: dict[str, str]) -> list[DeliveredGoods]:
    """One line for each lot, in the order in which they first came."""
    sums: dict[tuple[UUID, str, date | None], Decimal] = {}
    for scan in scans:
        sums[scan.place] = sums.get(scan.place, Decimal(0)) + scan.quantity
    return [
        DeliveredGoods(
            product,
            quantity,
            Decimal(costs[str(product)]) if str(product) in costs else None,
            PrintedLot(lot, expires_on) if lot or expires_on else None,
        )
        for (product, lot, expires_on), quantity in sums.items()
        if quantity > 0
    ]


def pieces_of(scans: Iterable[GoodsScan], product: UUID) -> Decimal:
    return sum((scan.quantity for scan in scans if scan.product == product), Decimal(0))
