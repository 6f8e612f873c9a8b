"""Drafts of purchase orders: made and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import PurchaseOrder, PurchaseOrderLine, SupplierPrice
from inventory.operations.numbers import Series, next_number
from inventory.operations.stock import require_no_bundles
from inventory.queries.purchasing import prices_on
from inventory.refusals import OrderSettled
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.validation import in_places, invalid, validated
from pantrypal.journal.models import AuditEntry, OutboxEvent

ONE = Decimal(1)
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class OrderedGoods:
    """`pack` and `pack_price` None: as the supplier asks on that day, else single pieces at their last cost."""

    product: UUID
    packs: Decimal
    pack: Decimal | None = None
    pack_price: Decimal | None = None
    supplier_code: str = ""


@transaction.atomic
def save_order(
    order: PurchaseOrder, goods: Sequence[OrderedGoods], *, store: Store, actor: Actor, at: datetime
) -> PurchaseOrder:
    """Make a draft, or give one its new content. Raises OrderSettled, Invalid, NotFound."""
    require(actor, Permission.PURCHASE, store.pk)
    is_new = order._state.adding
    if not is_new:
        order.number = _locked_draft(order).number
    order.store_id, order.currency = store.pk, store.org.currency
    day = store.document_date(at)
    if order.expected_on is None:
        order.expected_on = day + timedelta(days=order.supplier.lead_days)
    lines = _lines(order, goods, day, store)
    order.total = sum((line.amount for line in lines), ZERO)
    if is_new:
        order.made_by, order.made_at = actor.label, at
    validated(order, exclude=("number",))
    if is_new:
        order.number = next_number(Series.PURCHASE_ORDER, store=store, at=at)
    order.save()
    PurchaseOrderLine.objects.filter(order=order).delete()
    PurchaseOrderLine.objects.bulk_create(lines)
    action = "purchase_order.created" if is_new else "purchase_order.changed"
    AuditEntry.record(action, order, actor=actor, at=at, lines=len(lines), total=order.total)
    OutboxEvent.emit(action, order=str(order.pk), store=str(store.pk))
    return order


def _locked_draft(order: PurchaseOrder) -> PurchaseOrder:
    kept = PurchaseOrder.objects.select_for_update().get(pk=order.pk)
    if kept.status != PurchaseOrder.Status.DRAFT:
        raise OrderSettled(_("Order %s has been sent and cannot be changed any more.") % kept.number)
    return kept


def _lines(order: PurchaseOrder, goods: Sequence[OrderedGoods], day: date, store: Store) -> list[PurchaseOrderLine]:
    if not 0 < len(goods) <= MOST_LINES:
        sentence = _("An order has between 1 and %s lines.") % MOST_LINES
        raise Invalid(sentence, {"lines": [sentence]})
    products = Product.objects.sellable().in_bulk([some.product for some in goods])
    if any(some.product not in products for some in goods):
        raise NotFound(_("There is no such product."), field="lines")
    require_no_bundles(products)
    if len(products) < len(goods):
        sentence = _("The same product is ordered twice. Please put it into one line.")
        raise Invalid(sentence, {"lines": [sentence]})
    asked = prices_on(day, order.supplier, products)
    return [
        _line(order, position, some, products[some.product], asked.get(some.product), store)
        for position, some in enumerate(goods, 1)
    ]


def _line(
    order: PurchaseOrder,
    position: int,
    some: OrderedGoods,
    product: Product,
    asked: SupplierPrice | None,
    store: Store,
) -> PurchaseOrderLine:
    pack = some.pack or (asked.pack if asked else ONE)
    price = some.pack_price
    if price is None and asked is not None and asked.pack == pack:
        price = asked.price
    if price is None:
        price = round_money((product.cost or ZERO) * pack, store.org.places)
    line = PurchaseOrderLine(
        order=order,
        position=position,
        product=product,
        supplier_code=some.supplier_code or (asked.supplier_code if asked else ""),
        packs=some.packs,
        pack=pack,
        pack_price=in_places(price, store.org, f"lines.{position - 1}.pack_price"),
    )
    try:
        line.clean_fields(exclude={"order", "product"})
    except ValidationError as problem:
        raise invalid(problem, f"lines.{position - 1}.") from problem
    line.amount = round_money(line.packs * line.pack_price, store.org.places)
    return line
