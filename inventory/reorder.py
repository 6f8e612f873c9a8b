"""How much to order, with the arithmetic that leads to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from pantrypal.core.money import ZERO
from pantrypal.core.templatetags.pantrypal import quantity as written

SALES_DAYS = 28  # four whole weeks, so that each weekday counts alike
USUAL_LEAD_DAYS = 3  # of a product whose supplier nobody has named


@dataclass(frozen=True, slots=True)
class Need:
    """What there is of a product in a store, what is coming, and what is sold; all quantities in pieces."""

    product: UUID
    name: str
    sku: str
    unit: str
    reorder_point: Decimal
    target: Decimal
    pack: Decimal
    supplier: UUID | None
    supplier_name: str
    lead_days: int
    on_hand: Decimal
    on_order: Decimal
    in_transit: Decimal
    sold: Decimal

    @property
    def per_day(self) -> Decimal:
        """Sold on an average day of the last weeks; never below zero, whatever came back."""
        return (max(self.sold, ZERO) / SALES_DAYS).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def sold_by_then(self) -> Decimal:
        """What is sold until an order of today arrives."""
        return self.per_day * self.lead_days

    @property
    def then(self) -> Decimal:
        """What will be there when an order of today arrives."""
        return self.on_hand + self.on_order + self.in_transit - self.sold_by_then

    @property
    def is_due(self) -> bool:
        return self.then <= self.reorder_point

    @property
    def packs(self) -> Decimal:
        """Whole packs that fill up to the target; none as long as the reorder point is not reached."""
        if not self.is_due:
            return ZERO
        return ((self.target - self.then) / self.pack).to_integral_value(ROUND_CEILING)

    @property
    def quantity(self) -> Decimal:
        return self.packs * self.pack

    @property
    def arithmetic(self) -> str:
        """12 on hand + 24 on order + 0 in transit − 1.5 a day × 4 days = 30 then; …"""
        named = {
            "on_hand": written(self.on_hand),
            "on_order": written(self.on_order),
            "in_transit": written(self.in_transit),
            "per_day": written(self.per_day),
            "days": self.lead_days,
            "then": written(self.then),
            "point": written(self.reorder_point),
            "target": written(self.target),
            "missing": written(self.target - self.then),
            "packs": written(self.packs),
            "pack": written(self.pack),
        }
        sentence = _(
            "%(on_hand)s on hand + %(on_order)s on order + %(in_transit)s in transit"
            " − %(per_day)s a day × %(days)s days = %(then)s when it comes; reorder point %(point)s."
            " Target %(target)s: %(missing)s missing = %(packs)s packs of %(pack)s."
        )
        return sentence % named
