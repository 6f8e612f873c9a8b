"""Sending goods back to their supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import (
    GoodsReceipt,
    GoodsReceiptLine,
    StockMove,
    Supplier,
    SupplierReturn,
    SupplierReturnLine,
)
from inventory.operations.lots import require_lots
from inventory.operations.numbers import Series, next_number
from inventory.operations.stock import Goods, Source, issue_stock
from inventory.queries.costs import last_costs
from inventory.refusals import MoreThanReceived
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.queries import address_of
from pantrypal.core.templatetags.pantrypal import quantity as written
from pantrypal.journal.models import AuditEntry, OutboxEvent


@dataclass(frozen=True, slots=True)
class ReturnedGoods:
    """`unit_cost` None: what the supplier asked for it, on the receipt or the last time."""

    product: UUID
    quantity: Decimal
    lot: UUID | None = None
    unit_cost: Decimal | None = None


@transaction.atomic
def return_to_supplier(
    goods: Sequence[ReturnedGoods],
    *,
    supplier: Supplier,
    store: Store,
    reason: str,
    receipt: GoodsReceipt | None = None,
    actor: Actor,
    at: datetime,
) -> SupplierReturn:
    """Take goods out of stock and post the debit note. Expired and recalled lots may go back too. Where the supplier
    has an e-mail address, the note goes there as PDF.

    Raises NotEnoughStock, MoreThanReceived, Invalid, NotFound.
    """
    require(actor, Permission.STOCK_EDIT, store.pk)
    _require_sound(goods, reason)
    if receipt is not None:
        _require_received(receipt, supplier, store, goods)
    note = SupplierReturn(store_id=store.pk, supplier=supplier, receipt=receipt, reason=reason.strip()[:200])
    note.returned_at, note.returned_on, note.returned_by = at, store.document_date(at), actor.label
    note.currency, note.sent_to = store.org.currency, supplier.email
    lines = _lines(note, goods, _credits(goods, receipt), store.org.places)
    note.total = sum((line.amount for line in lines), round_money(ZERO, store.org.places))
    going = [Goods(line.product_id, line.quantity, line.lot_id, reason=note.reason, line=line.pk) for line in lines]
    source = Source("supplier_return", note.pk, actor.label, at)
    issue_stock(going, store=store.pk, kind=StockMove.Kind.SUPPLIER_RETURN, source=source, on=None)
    note.number = next_number(Series.SUPPLIER_RETURN, store=store, at=at)
    note.save(force_insert=True)
    SupplierReturnLine.objects.bulk_create(lines)
    AuditEntry.record("supplier_return.posted", note, actor=actor, at=at, total=note.total, reason=note.reason)
    posted = {"supplier_return": str(note.pk), "store": str(store.pk)}
    OutboxEvent.emit("supplier_return.posted", **posted, reply_to=address_of(actor))
    return note


def _require_sound(goods: Sequence[ReturnedGoods], reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Please give the reason."), {"reason": [_("Please give the reason.")]})
    if not goods or any(some.quantity <= 0 or (some.unit_cost or ZERO) < 0 for some in goods):
        sentence = _("A return has lines; each quantity is above zero, and no credit below.")
        raise Invalid(sentence, {"lines": [sentence]})
    ids = {some.product for some in goods}
    if Product.objects.filter(pk__in=ids).count() != len(ids):
        raise NotFound(_("There is no such product."), field="product")
    require_lots({(some.lot, some.product) for some in goods if some.lot is not None})


def _require_received(receipt: GoodsReceipt, supplier: Supplier, store: Store, goods: Sequence[ReturnedGoods]) -> None:
    """No more goes back against a receipt than came with it. Raises MoreThanReceived."""
    if (receipt.supplier_id, receipt.store_id) != (supplier.pk, store.pk):
        raise NotFound(_("There is no such receipt of this supplier in this store."), field="receipt")
    _wait_for_other_returns(receipt)
    came = _sums(GoodsReceiptLine.objects.filter(receipt=receipt))
    gone = _sums(SupplierReturnLine.objects.filter(supplier_return__receipt=receipt))
    for product in {some.product for some in goods}:
        left = came.get(product, ZERO) - gone.get(product, ZERO)
        if sum((some.quantity for some in goods if some.product == product), ZERO) > left:
            sentence = _("Only %(left)s of %(product)s came with this receipt and can still go back.")
            name = Product.objects.values_list("name", flat=True).get(pk=product)
            raise MoreThanReceived(sentence % {"left": written(left), "product": name})


def _wait_for_other_returns(receipt: GoodsReceipt) -> None:
    """A posted receipt can't be locked as a row: nobody may change it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"returns of {receipt.pk}"])


def _sums(lines: object) -> Mapping[UUID, Decimal]:
    rows = lines.order_by().values_list("product_id").annotate(Sum("quantity"))  # type: ignore[attr-defined]
    return dict(rows)


def _credits(goods: Sequence[ReturnedGoods], receipt: GoodsReceipt | None) -> Mapping[UUID, Decimal]:
    usual = last_costs(some.product for some in goods)
    if receipt is not None:
        usual |= dict(GoodsReceiptLine.objects.filter(receipt=receipt).values_list("product_id", "unit_cost"))
    return usual


def _lines(
    note: SupplierReturn, goods: Sequence[ReturnedGoods], usual: Mapping[UUID, Decimal], places: int
) -> list[SupplierReturnLine]:
    lines = []
    for position, some in enumerate(goods, 1):
        cost = some.unit_cost if some.unit_cost is not None else usual.get(some.product, ZERO)
        amount = round_money(some.quantity * cost, places)
        line = SupplierReturnLine(supplier_return=note, position=position, product_id=some.product, lot_id=some.lot)
        line.quantity, line.unit_cost, line.amount = some.quantity, cost, amount
        lines.append(line)
    return lines
