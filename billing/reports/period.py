"""Which bills and credit notes a report is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pantrypal.core.models import Store

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, in these stores."""

    first: date
    last: date
    stores: Sequence[Store]

    def business(self, before: str = "") -> dict[str, Any]:
        """Filter by business date, as takings are counted; `before` leads to the document, such as bill__."""
        return {
            f"{before}business_date__range": (self.first, self.last),
            f"{before}store_id__in": [store.pk for store in self.stores],
        }

    def documents(self, before: str = "") -> dict[str, Any]:
        """Filter by the document's own date, as taxes are filed. It is at most a day off the business date, by which
        there is an index."""
        return {
            f"{before}business_date__range": (self.first - DAY, self.last),
            f"{before}document_date__range": (self.first, self.last),
            f"{before}store_id__in": [store.pk for store in self.stores],
        }
