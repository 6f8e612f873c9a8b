"""Taking a delivery in: begun, scanned, undone, posted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.queries.scanned import find_scanned
from inventory.delivery import Charge, Delivery
from inventory.models import GoodsReceipt, OpenDelivery, PurchaseOrder, Supplier
from inventory.operations.goods_receipts import receive_goods
from inventory.operations.stock import require_no_bundles
from inventory.refusals import DateNeeded, OrderSettled
from inventory.scanned_goods import GoodsScan, add_up, read_scans
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.models import Store
from pantrypal.core.validation import in_places

MOST_SCANS = 2000
FINEST = Decimal("0.001")
MOST_AT_ONCE = Decimal(100_000)


@transaction.atomic
def begin_delivery(
    *, store: Store, supplier: Supplier, order: PurchaseOrder | None, actor: Actor, at: datetime
) -> OpenDelivery:
    """The one that is open for this order already, or a new one. Raises OrderSettled."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    if order is None:
        return OpenDelivery.objects.create(store_id=store.pk, supplier=supplier, begun_by=actor.label, begun_at=at)
    order = PurchaseOrder.objects.select_for_update().get(pk=order.pk)
    if order.status not in PurchaseOrder.AWAITED:
        raise OrderSettled(_("Nothing is awaited of order %s.") % order.number)
    made = {"store_id": order.store_id, "supplier": supplier, "begun_by": actor.label, "begun_at": at}
    delivery, _is_new = OpenDelivery.objects.get_or_create(order=order, defaults=made)
    return delivery


@transaction.atomic
def scan_goods(
    pk: UUID, code: str, *, store: Store, quantity: Decimal, expires_on: date | None, actor: Actor, at: datetime
) -> GoodsScan:
    """Add so many packs of what the code says, with the lot and date in it. Raises DateNeeded, NotFound, Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    hit = find_scanned({code}, on=store.document_date(at), currency=store.org.currency).get(code)
    if hit is None:
        raise NotFound(_("Nothing goes by “%s”. Please try its name in the back office.") % code, field="code")
    pieces = (quantity * hit.quantity * hit.item.pack).quantize(FINEST, ROUND_HALF_UP)
    scan = GoodsScan(hit.item.id, pieces, hit.lot, hit.expires_on or hit.best_before or expires_on)
    return _add(_locked(pk, store), scan)


@transaction.atomic
def add_goods(pk: UUID, scan: GoodsScan, *, store: Store, actor: Actor) -> GoodsScan:
    """Add so many pieces of a product that was picked from the list. Raises DateNeeded, NotFound, Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    return _add(_locked(pk, store), scan)


@transaction.atomic
def take_back_scan(pk: UUID, *, store: Store, actor: Actor) -> bool:
    """Undo the last scan; False where nothing has been scanned."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    delivery = _locked(pk, store)
    if not delivery.scans:
        return False
    delivery.scans = delivery.scans[:-1]
    delivery.save(update_fields=["scans"])
    return True


@transaction.atomic
def set_cost(pk: UUID, product: UUID, cost: Decimal, *, store: Store, actor: Actor) -> None:
    """What a piece of the product costs in this delivery, before freight. Raises Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    if cost < 0 or cost != round(cost, 4):
        sentence = _("A cost is not below zero and has at most four decimal places.")
        raise Invalid(sentence, {"cost": [sentence]})
    delivery = _locked(pk, store)
    delivery.costs = delivery.costs | {str(product): str(cost)}
    delivery.save(update_fields=["costs"])


@transaction.atomic
def note_papers(pk: UUID, *, delivery_note: str, freight: Decimal | None, store: Store, actor: Actor) -> None:
    """What the driver's papers say; kept, so that a question in between loses nothing. Raises Invalid."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    delivery = _locked(pk, store)
    delivery.delivery_note = delivery_note.strip()
    delivery.freight = None if freight is None else in_places(freight, store.org, "freight")
    delivery.save(update_fields=["delivery_note", "freight"])


@transaction.atomic
def drop_delivery(pk: UUID, *, store: Store, actor: Actor) -> None:
    """Forget what was scanned; nothing has come into stock."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    _locked(pk, store).delete()


@transaction.atomic
def post_delivery(pk: UUID, *, store: Store, accepts_costs: bool, actor: Actor, at: datetime) -> GoodsReceipt:
    """Post what was scanned as a goods receipt. Tapped twice, it is posted once. Raises what `receive_goods` raises."""
    require(actor, Permission.STOCK_EDIT, store.pk)
    if earlier := GoodsReceipt.objects.filter(pk=pk, store_id=store.pk).first():
        return earlier
    kept = _locked(pk, store)
    charges = [Charge(str(_("Freight")), kept.freight)] if kept.freight else []
    delivery = Delivery(
        id=kept.pk,
        store=store,
        supplier=kept.supplier,
        order=kept.order,
        lines=add_up(read_scans(kept.scans), kept.costs),
        delivery_note=kept.delivery_note,
        charges=charges,
        accepts_costs=accepts_costs,
    )
    receipt = receive_goods(delivery, actor=actor, at=at)
    kept.delete()
    return receipt


def _locked(pk: UUID, store: Store) -> OpenDelivery:
    rows = OpenDelivery.objects.select_related("supplier", "order").select_for_update(of=("self",))
    delivery = rows.filter(pk=pk, store_id=store.pk).first()
    if delivery is None:
        raise NotFound(_("This delivery is not open any more."))
    return delivery


def _add(delivery: OpenDelivery, scan: GoodsScan) -> GoodsScan:
    product = Product.objects.sellable().filter(pk=scan.product).first()
    if product is None:
        raise NotFound(_("There is no such product."), field="product")
    require_no_bundles([product.pk])
    if product.tracks_lots and not (scan.lot or scan.expires_on):
        asked = {"product": str(product.pk), "quantity": str(scan.quantity)}
        raise DateNeeded(_("Which date is printed on %s?") % product.name, **asked)
    if not 0 < scan.quantity <= MOST_AT_ONCE or scan.quantity != round(scan.quantity, 3):
        sentence = _("Please give a quantity above zero.")
        raise Invalid(sentence, {"quantity": [sentence]})
    if len(delivery.scans) >= MOST_SCANS:
        raise Invalid(_("This delivery is full. Please post it and begin another one."))
    delivery.scans = [*delivery.scans, scan.kept()]
    delivery.save(update_fields=["scans"])
    return scan
