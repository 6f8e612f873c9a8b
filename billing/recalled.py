"""Bills and customers that had goods of a recall."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum, TextChoices
from django.utils.translation import gettext_lazy as _

from billing.models import Bill, BillBuyer, BillLine, CreditNoteLine
from inventory.coverage import Stores
from inventory.models import Recall
from inventory.queries.recalls import sold_before_recall
from pantrypal.core.money import ZERO


class Obstacle(TextChoices):
    """Why a bill's money does not go back by itself."""

    CAME_BACK = "came_back", _("Has come back")
    NO_CUSTOMER = "no_customer", _("Nobody is named on the bill")
    OTHER_STORE = "other_store", _("Sold in another store")

    @property
    def advice(self) -> str:
        """What is to be done instead."""
        said = {
            Obstacle.NO_CUSTOMER: _("Pay it back at a till when it is brought."),
            Obstacle.OTHER_STORE: _("Pay it back at a register of that store."),
        }
        return str(said.get(self, ""))


@dataclass(frozen=True, slots=True)
class RecalledSale:
    """A bill line with goods of recalled lots. `quantity` is what was sold of them, in units of stock;
    `out` how much of the line, as it was billed, has not come back. `buyer` only where the bill names one.
    """

    bill: Bill
    line: BillLine
    lots: tuple[str, ...]
    quantity: Decimal
    out: Decimal
    buyer: BillBuyer | None

    @property
    def obstacle(self) -> Obstacle | None:
        """None: its store can give store credit for it. Credit needs somebody who is still known."""
        if self.out <= 0:
            return Obstacle.CAME_BACK
        return None if self.buyer else Obstacle.NO_CUSTOMER


def recalled_sales(recall: Recall, *, stores: Stores = None) -> list[RecalledSale]:
    """Newest first. A buyer who was erased is nobody."""
    sold = sold_before_recall(recall, stores=stores)
    lines = {
        line.pk: line for line in BillLine.objects.filter(pk__in={one.line for one in sold}).select_related("bill")
    }
    buyers = {
        buyer.bill_id: buyer for buyer in BillBuyer.objects.filter(bill__in={one.bill for one in sold}, erased_at=None)
    }
    back = CreditNoteLine.objects.filter(bill_line__in=lines).values("bill_line").annotate(sum=Sum("quantity"))
    came_back = dict(back.values_list("bill_line", "sum"))
    parts: dict[UUID, tuple[Decimal, tuple[str, ...]]] = {}
    for one in sold:
        quantity, lots = parts.get(one.line, (ZERO, ()))
        parts[one.line] = quantity + one.quantity, (*lots, one.lot)
    found = [
        RecalledSale(
            lines[pk].bill,
            lines[pk],
            lots,
            quantity,
            lines[pk].quantity - came_back.get(pk, ZERO),
            buyers.get(lines[pk].bill_id),
        )
        for pk, (quantity, lots) in parts.items()
        if pk in lines
    ]
    return sorted(found, key=lambda sale: (sale.bill.finalized_at, sale.bill.pk), reverse=True)
