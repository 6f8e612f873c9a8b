"""Which products a register that keeps its own copy of them must read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.models import Product
from pantrypal.core.errors import Invalid
from pantrypal.tenancy.context import require_org_id

# A change bears the time of its statement and is seen once its transaction ends. None lasts longer than this, so
# who begins that much earlier than they have read misses nothing; reading a product twice does no harm.
LONGEST_TRANSACTION = timedelta(minutes=10)
FIRST = UUID(int=0)

# What somebody wrote, and prices of stores and lists that were written down ahead and have begun since.
CHANGED = """
SELECT moment, product FROM (
  SELECT changed_at AS moment, product_id AS product FROM catalog_productchange
   WHERE org_id = %(org)s AND (changed_at, product_id) > (%(moment)s, %(product)s) AND changed_at <= %(at)s
  UNION ALL
  SELECT valid_from, product_id FROM catalog_price
   WHERE org_id = %(org)s AND (valid_from, product_id) > (%(moment)s, %(product)s) AND valid_from <= %(at)s
) changes ORDER BY moment, product LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has read. `of_all`: still through all products by id, which began at `moment`; else through
    their changes, up to `moment` and `product`."""

    of_all: bool
    moment: datetime
    product: UUID = FIRST

    def __str__(self) -> str:
        return f"{'all' if self.of_all else 'new'}|{self.moment.isoformat()}|{self.product}"

    @classmethod
    def read(cls, text: str) -> Place:
        """Raises Invalid for what is not a place that was given out."""
        kind, _first, rest = text.partition("|")
        moment, _second, product = rest.partition("|")
        try:
            at, pk = parse_datetime(moment), UUID(product)
        except ValueError:
            at = None
        if kind not in ("all", "new") or at is None or at.tzinfo is None:
            raise Invalid(_("This is no place in the products. Please begin again."), code="malformed")
        return cls(kind == "all", at, pk)


def products_after(place: Place, limit: int, *, at: datetime) -> tuple[list[UUID], Place, bool]:
    """The next products to read, where to go on afterwards, and whether there are more already."""
    if place.of_all:
        products = Product.objects.sellable().filter(pk__gt=place.product).order_by("pk")
        found = list(products.values_list("pk", flat=True)[:limit])
        if len(found) == limit:
            return found, Place(True, place.moment, found[-1]), True
        return found, Place(False, place.moment - LONGEST_TRANSACTION), False
    rows = _changed(place, limit, at)
    if len(rows) == limit:
        return _once(rows), Place(False, *rows[-1]), True
    return _once(rows), Place(False, at - LONGEST_TRANSACTION), False


def _changed(place: Place, limit: int, at: datetime) -> list[tuple[datetime, UUID]]:
    asked: dict[str, Any] = {
        "org": require_org_id(),
        "moment": place.moment,
        "product": place.product,
        "at": at,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, asked)
        rows: list[tuple[datetime, UUID]] = cursor.fetchall()
    return rows


def _once(rows: list[tuple[datetime, UUID]]) -> list[UUID]:
    return list(dict.fromkeys(product for _moment, product in rows))
