"""A delivery as the phone at the back door shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from catalog.models import Product
from inventory.delivery import DeliveredGoods, is_notable
from inventory.models import OpenDelivery, PurchaseOrder, PurchaseOrderLine, Supplier
from inventory.queries.costs import expected_costs, last_costs
from inventory.scanned_goods import GoodsScan, add_up, pieces_of, read_scans
from pantrypal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class AwaitedProduct:
    """A product of the delivery: what is awaited of it, what has come, in which lots and at which cost."""

    product: Product
    awaited: Decimal | None
    came: Decimal
    lots: tuple[DeliveredGoods, ...]
    cost: Decimal | None
    last_cost: Decimal | None

    @property
    def is_complete(self) -> bool:
        return self.awaited is not None and self.came >= self.awaited

    @property
    def cost_as_typed(self) -> str:
        """Without the zeros that say nothing."""
        return "" if self.cost is None else format(self.cost.normalize(), "f")

    @property
    def missing(self) -> Decimal:
        return max((self.awaited or ZERO) - self.came, ZERO)

    @property
    def over(self) -> Decimal:
        return max(self.came - self.awaited, ZERO) if self.awaited is not None else ZERO

    @property
    def costs_otherwise(self) -> bool:
        """What has come costs notably more or less than the last time."""
        if not self.came or self.cost is None or self.last_cost is None:
            return False
        return is_notable(self.cost, self.last_cost)


@dataclass(frozen=True)
class DeliveryView:
    delivery: OpenDelivery
    rows: list[AwaitedProduct]
    last: GoodsScan | None

    @property
    def came(self) -> list[AwaitedProduct]:
        return [row for row in self.rows if row.came]

    @property
    def changed(self) -> list[AwaitedProduct]:
        return [row for row in self.rows if row.costs_otherwise]

    @property
    def complete(self) -> int:
        return sum(row.is_complete for row in self.rows)

    @cached_property
    def last_row(self) -> AwaitedProduct | None:
        wanted = self.last.product if self.last else None
        return next((row for row in self.rows if row.product.pk == wanted), None)


def view_of(delivery: OpenDelivery, *, today: date) -> DeliveryView:
    scans = read_scans(delivery.scans)
    awaited = _awaited(delivery.order)
    ids = {*awaited, *(scan.product for scan in scans)}
    expected = expected_costs(ids, supplier=delivery.supplier, on=today, awaited=awaited)
    expected |= {UUID(product): Decimal(cost) for product, cost in delivery.costs.items()}
    before, goods = last_costs(ids), add_up(scans, delivery.costs)
    rows = [
        AwaitedProduct(
            product,
            awaited[product.pk].outstanding if product.pk in awaited else None,
            pieces_of(scans, product.pk),
            tuple(some for some in goods if some.product == product.pk),
            expected.get(product.pk),
            before.get(product.pk),
        )
        for product in Product.objects.filter(pk__in=ids).order_by("name", "pk")
    ]
    rows.sort(key=lambda row: row.is_complete)
    return DeliveryView(delivery, rows, scans[-1] if scans else None)


def _awaited(order: PurchaseOrder | None) -> dict[UUID, PurchaseOrderLine]:
    if order is None:
        return {}
    lines = PurchaseOrderLine.objects.filter(order=order)
    return {line.product_id: line for line in lines if line.outstanding}


def awaited_orders(stores: list[UUID]) -> list[PurchaseOrder]:
    """Orders that may be delivered any moment, the soonest first."""
    orders = PurchaseOrder.objects.awaited().filter(store_id__in=stores).select_related("supplier")
    return list(orders.order_by("expected_on", "pk")[:100])


def open_deliveries(stores: list[UUID]) -> list[OpenDelivery]:
    """Begun, and not posted yet."""
    deliveries = OpenDelivery.objects.filter(store_id__in=stores).select_related("supplier", "order")
    return list(deliveries.order_by("-begun_at")[:50])


def suppliers_to_choose() -> list[Supplier]:
    return list(Supplier.objects.active().order_by("name")[:500])
