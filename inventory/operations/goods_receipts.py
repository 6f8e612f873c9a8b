"""Posting a delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.operations.costs import note_last_costs
from inventory.delivery import Delivery
from inventory.models import GoodsReceipt, GoodsReceiptLine, PurchaseOrder, PurchaseOrderLine, StockMove
from inventory.operations.delivered_lines import draft_lines
from inventory.operations.delivered_lots import lots_of
from inventory.operations.numbers import Series, next_number
from inventory.operations.stock import Goods, Source, add_stock
from inventory.refusals import OrderSettled, ReceiptIdReused
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.validation import in_places
from pantrypal.journal.models import AuditEntry, OutboxEvent

MOST_LINES = 500


@transaction.atomic
def receive_goods(delivery: Delivery, *, actor: Actor, at: datetime) -> GoodsReceipt:
    """Bring a delivery into stock at its landed cost; what came of an order is noted there, over and short alike.

    Handed in again with its id, the first receipt comes back. Locks: the order, stock levels, products, the series.
    Raises CostChanged (until somebody accepts the costs), LotNotTaken, OrderSettled, ReceiptIdReused, Invalid,
    NotFound.
    """
    require(actor, Permission.STOCK_EDIT, delivery.store.pk)
    if earlier := _earlier(delivery):
        return earlier
    awaited = _awaited(delivery)
    products = _products(delivery)
    today = delivery.store.document_date(at)
    lots = lots_of(list(delivery.lines), products, today=today, actor=actor, at=at)
    receipt = _head(delivery, actor, at)
    lines = draft_lines(receipt, delivery, lots, products, awaited)
    goods = [Goods(line.product_id, line.quantity, line.lot_id, line.landed_cost, line=line.pk) for line in lines]
    source = Source("goods_receipt", receipt.pk, actor.label, at)
    add_stock(goods, store=delivery.store.pk, kind=StockMove.Kind.RECEIPT, source=source)
    note_last_costs(_costs(lines), at=at)
    if delivery.order is not None:
        _note_on_order(delivery.order, list(awaited.values()), lines, at)
    _post(receipt, lines, delivery, actor, at)
    return receipt


def _earlier(delivery: Delivery) -> GoodsReceipt | None:
    """Two that hand the same delivery in at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipt {delivery.id}"])
    earlier = GoodsReceipt.objects.filter(pk=delivery.id).first()
    if earlier is not None and earlier.fingerprint != delivery.fingerprint():
        raise ReceiptIdReused(_("Receipt %s was posted with this id and other content.") % earlier.number)
    return earlier


def _awaited(delivery: Delivery) -> Mapping[UUID, PurchaseOrderLine]:
    """The lines of the order, locked with it, by product. Raises OrderSettled."""
    if delivery.order is None:
        return {}
    order = PurchaseOrder.objects.select_for_update().get(pk=delivery.order.pk)
    if order.status not in PurchaseOrder.AWAITED:
        sentence = _("Order %(number)s is “%(status)s”: nothing is awaited of it.")
        raise OrderSettled(sentence % {"number": order.number, "status": order.get_status_display()})
    if (order.store_id, order.supplier_id) != (delivery.store.pk, delivery.supplier.pk):
        raise NotFound(_("There is no such order of this supplier in this store."), field="order")
    return {line.product_id: line for line in order.lines.all()}


def _products(delivery: Delivery) -> Mapping[UUID, Product]:
    if not 0 < len(delivery.lines) <= MOST_LINES:
        sentence = _("A receipt has between 1 and %s lines.") % MOST_LINES
        raise Invalid(sentence, {"lines": [sentence]})
    products = Product.objects.sellable().in_bulk({line.product for line in delivery.lines})
    if any(line.product not in products for line in delivery.lines):
        raise NotFound(_("There is no such product."), field="product")
    return products


def _head(delivery: Delivery, actor: Actor, at: datetime) -> GoodsReceipt:
    org = delivery.store.org
    for position, charge in enumerate(delivery.charges):
        in_places(charge.amount, org, f"charges.{position}.amount")
        if charge.amount < 0 or not charge.name.strip():
            sentence = _("A charge has a name and an amount that is not below zero.")
            raise Invalid(sentence, {f"charges.{position}": [sentence]})
    return GoodsReceipt(
        id=delivery.id,
        store_id=delivery.store.pk,
        supplier=delivery.supplier,
        order=delivery.order,
        delivery_note=delivery.delivery_note.strip(),
        received_at=at,
        received_on=delivery.store.document_date(at),
        received_by=actor.label,
        currency=org.currency,
        charges=[{"name": charge.name.strip(), "amount": str(charge.amount)} for charge in delivery.charges],
        charges_total=sum((charge.amount for charge in delivery.charges), round_money(ZERO, org.places)),
        fingerprint=delivery.fingerprint(),
    )


def _costs(lines: Sequence[GoodsReceiptLine]) -> dict[UUID, Decimal]:
    """What a piece of each product has cost with everything, over all its lines."""
    sums: dict[UUID, tuple[Decimal, Decimal]] = {}
    for line in lines:
        value, quantity = sums.get(line.product_id, (ZERO, ZERO))
        sums[line.product_id] = (value + line.amount + line.charge, quantity + line.quantity)
    return {product: round_money(value / quantity, 4) for product, (value, quantity) in sums.items()}


def _note_on_order(
    order: PurchaseOrder, awaited: list[PurchaseOrderLine], lines: Sequence[GoodsReceiptLine], at: datetime
) -> None:
    for line in awaited:
        line.received += sum((came.quantity for came in lines if came.order_line_id == line.pk), ZERO)
    PurchaseOrderLine.objects.bulk_update(awaited, ["received"])
    is_all_there = not any(line.outstanding for line in awaited)
    order.status = PurchaseOrder.Status.RECEIVED if is_all_there else PurchaseOrder.Status.PARTIAL
    order.ended_at = at if is_all_there else None
    order.save(update_fields=["status", "ended_at"])


def _post(
    receipt: GoodsReceipt, lines: Sequence[GoodsReceiptLine], delivery: Delivery, actor: Actor, at: datetime
) -> None:
    receipt.number = next_number(Series.GOODS_RECEIPT, store=delivery.store, at=at)
    receipt.save(force_insert=True)
    GoodsReceiptLine.objects.bulk_create(lines)
    order = delivery.order
    told = {"total": receipt.total, "lines": len(lines), "order": order.number if order else None}
    AuditEntry.record("goods_receipt.posted", receipt, actor=actor, at=at, **told)
    OutboxEvent.emit(
        "goods_receipt.posted",
        receipt=str(receipt.pk),
        store=str(receipt.store_id),
        order=str(order.pk) if order else None,
    )
