"""The only writer of stock moves and levels, together with its SQL functions in inventory/sql."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from catalog.models import Product
from inventory.models import StockMove
from inventory.refusals import BundleNotStocked
from pantrypal.core.errors import DomainError
from pantrypal.tenancy.context import require_org_id


class NotEnoughStock(DomainError):
    """`data["items"]` says of which product how many are left."""

    code = "insufficient_stock"
    status = 409


@dataclass(frozen=True, slots=True)
class Source:
    """The document that causes stock to move, and who did it when."""

    type: str
    id: UUID
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Goods:
    """Some of a product, always above zero; the operation says which way it goes."""

    product: UUID
    quantity: Decimal
    lot: UUID | None = None
    unit_cost: Decimal | None = None
    reason: str = ""
    line: UUID | None = None


def lock_stock(lines: Iterable[tuple[UUID, UUID | None, Decimal]], *, store: UUID) -> None:
    """Take all locks of a document that will move stock in more than one step: (product, lot, signed quantity)."""
    rows = [{"product": product, "lot": lot, "quantity": quantity} for product, lot, quantity in lines]
    _call("inventory_lock", store, rows)


@transaction.atomic
def add_stock(goods: Sequence[Goods], *, store: UUID, kind: StockMove.Kind, source: Source) -> None:
    """Bring goods into a store at their cost, or at the average where none is given.

    A product that came without stock (an import) is counted from now on. Raises BundleNotStocked.
    """
    if kind != StockMove.Kind.TRANSFER_IN:  # what is on its way between stores left one of them as stock: it arrives
        require_no_bundles({line.product for line in goods})
    Product.objects.filter(pk__in={line.product for line in goods}, tracks_stock=False).update(tracks_stock=True)
    lines = [_row(line) | {"unit_cost": line.unit_cost} for line in goods]
    _call("inventory_add", store, lines, kind, source.type, source.id, source.actor, source.at)


@transaction.atomic
def issue_stock(
    goods: Sequence[Goods],
    *,
    store: UUID,
    kind: StockMove.Kind,
    source: Source,
    on: date | None,
    oversell: bool = False,
) -> list[dict[str, Any]]:
    """Take goods out, first expired first, or refuse without taking any. Raises NotEnoughStock.

    `on` is the store's date, before which a lot must not have expired; None takes expired and recalled lots too.
    """
    lines = [_row(line) for line in goods]
    answer = _call("inventory_issue", store, lines, on, oversell, kind, source.type, source.id, source.actor, source.at)
    if short := answer.get("short"):
        names = dict(Product.objects.filter(pk__in=[item["product"] for item in short]).values_list("pk", "name"))
        first = short[0]
        raise NotEnoughStock(
            _("Only %(left)s of %(product)s are there.")
            % {"left": f"{first['available'].normalize():f}", "product": names[UUID(first["product"])]},
            items=short,
        )
    taken: list[dict[str, Any]] = answer["taken"]
    return taken


def require_no_bundles(products: Collection[UUID]) -> None:
    """Raises BundleNotStocked."""
    name = Product.objects.filter(pk__in=products, is_bundle=True).values_list("name", flat=True).first()
    if name is not None:
        raise BundleNotStocked(_("%s is a bundle and has no stock of its own: please enter what is in it.") % name)


def _row(line: Goods) -> dict[str, Any]:
    if line.quantity <= 0:
        raise ValueError("Goods move in quantities above zero.")
    return {
        "line": line.line,
        "product": line.product,
        "lot": line.lot,
        "quantity": line.quantity,
        "reason": line.reason,
    }


def _call(function: str, store: UUID, lines: Iterable[dict[str, Any]], *rest: Any) -> dict[str, Any]:
    require_org_id()
    marks = sql.SQL(", ").join(sql.Placeholder() * (len(rest) + 2))
    query = sql.SQL("SELECT {}({})").format(sql.Identifier(function), marks)
    with connection.cursor() as cursor:
        cursor.execute(query, [store, json.dumps(list(lines), default=str), *rest])
        answer = cursor.fetchone()[0]
    return json.loads(answer, parse_float=Decimal, parse_int=Decimal) if isinstance(answer, str) and answer else {}
