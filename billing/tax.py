"""Which tax components a supply bears. Pure: no database, no clock.

GST (CGST Act s. 9, IGST Act s. 5, 7, 8): within a state half the rate is CGST and half SGST (UTGST in a union
territory without a legislature); across states all of it is IGST; cess comes on top of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pantrypal.core.india import UNION_TERRITORIES
from pantrypal.core.models import Organization

GST = Organization.TaxRegime.GST_IN.value


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """One part of a tax: its name and its rate in percent of the taxable value."""

    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Supply:
    """What decides how a rate splits: the regime, and the states of seller and place of supply."""

    regime: str
    seller_state: str
    place: str

    @property
    def is_interstate(self) -> bool:
        return bool(self.place) and self.place != self.seller_state


def components(rate: Decimal, cess: Decimal, supply: Supply) -> tuple[Component, ...]:
    """The parts of a rate, without those of 0 %."""
    if supply.regime != GST:
        parts = [Component("VAT", rate)]
    elif supply.is_interstate:
        parts = [Component("IGST", rate)]
    else:
        local = "UTGST" if supply.seller_state in UNION_TERRITORIES else "SGST"
        parts = [Component("CGST", rate / 2), Component(local, rate / 2)]
    return tuple(part for part in [*parts, Component("CESS", cess)] if part.rate)
