"""A list that is filled by scanning: what is sent, what has come, what is thrown away.

It lives in the form of the page until it is handed in; `history` remembers each scan, so that the last can be
taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from inventory.views.scanning import ScannedGoods, read_number
from pantrypal.core.money import ZERO


@dataclass(slots=True)
class Pick:
    """A line of the list. `key` is its name in the form, `wanted` how many there should be, `there` how many the
    store has that is asked for them."""

    key: str
    product: Any
    lot: Any = None
    wanted: Decimal | None = None
    quantity: Decimal = ZERO
    there: Decimal | None = None

    @property
    def is_complete(self) -> bool:
        return self.wanted is not None and self.quantity >= self.wanted


@dataclass(slots=True)
class PickList:
    picks: list[Pick]
    history: list[tuple[str, Decimal]] = field(default_factory=list)

    def read(self, posted: QueryDict) -> None:
        """What the form holds. Raises Invalid."""
        for pick in self.picks:
            if text := posted.get(f"q-{pick.key}", ""):
                pick.quantity = read_number(text)
        for entry in posted.get("history", "").split():
            key, _equals, quantity = entry.rpartition("=")
            self.history.append((key, read_number(quantity)))

    def add(self, pick: Pick, quantity: Decimal) -> None:
        pick.quantity += quantity
        self.history.append((pick.key, quantity))

    def add_again(self) -> None:
        """One more of what was scanned last."""
        if (pick := self.last) is not None:
            self.add(pick, Decimal(1))

    def undo(self) -> None:
        """Take back the last scan."""
        if not self.history:
            return
        key, quantity = self.history.pop()
        for pick in self.picks:
            if pick.key == key:
                pick.quantity = max(pick.quantity - quantity, ZERO)

    def fill(self) -> None:
        """Everything is there."""
        for pick in self.picks:
            pick.quantity = pick.wanted or pick.quantity

    def that_takes(self, goods: ScannedGoods) -> Pick | None:
        """The line for scanned goods: of their lot where that is known, and one that still lacks some."""
        of_it: Sequence[Pick] = [pick for pick in self.picks if pick.product.pk == goods.item.id]
        if goods.lot:
            of_it = [pick for pick in of_it if pick.lot and pick.lot.pk == goods.lot] or of_it
        return next((pick for pick in of_it if not pick.is_complete), of_it[-1] if of_it else None)

    @property
    def last(self) -> Pick | None:
        key = self.history[-1][0] if self.history else None
        return next((pick for pick in self.picks if pick.key == key), None)

    @property
    def trail(self) -> str:
        return " ".join(f"{key}={quantity}" for key, quantity in self.history)

    @property
    def picked(self) -> int:
        return sum(1 for pick in self.picks if pick.is_complete)
