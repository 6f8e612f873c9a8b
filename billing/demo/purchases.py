"""Suppliers of the demo, what they ask, what is ordered, and what has come of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from billing.demo.goods import Good
from inventory.delivery import Charge, DeliveredGoods, Delivery, PrintedLot
from inventory.models import (
    GoodsReceipt,
    PurchaseInvoice,
    PurchaseOrder,
    PurchaseOrderLine,
    ReorderRule,
    StockLevel,
    Supplier,
    SupplierPrice,
)
from inventory.operations.alerts import refresh_alerts
from inventory.operations.goods_receipts import receive_goods
from inventory.operations.order_steps import send_order
from inventory.operations.purchase_invoices import save_invoice
from inventory.operations.reorder import draft_orders, make_rules, save_rule
from inventory.operations.suppliers import save_supplier, save_supplier_price
from inventory.queries.needs import suggestions
from pantrypal.core.actor import Actor
from pantrypal.core.models import Organization, Store
from pantrypal.core.money import ZERO, round_money
from pantrypal.tenancy.ids import uuid7

# By department: name, days from order to delivery, days to pay.
FIRMS = {
    "IN": {
        "Fresh": ("Hosur Road Fresh Market", 1, 7),
        "Staples": ("Shree Balaji Traders", 3, 30),
        "": ("Southern Foods Distribution", 4, 21),
    },
    "GB": {"Fresh": ("Dales Fresh Produce", 1, 7), "": ("Aire Valley Wholesale", 3, 30)},
}
CASE = Decimal(12)
LOW = 12  # products
FREIGHT = Charge("Freight", Decimal("180.00"))


def buy(org: Organization, stores: Sequence[Store], goods: Sequence[Good], *, actor: Actor, now: datetime) -> None:
    """For each store rules by what it sells, an order that has partly come, and others that are awaited."""
    began = now - timedelta(days=30)
    _suppliers_with_prices(org, goods, actor, began)
    for store in stores:
        _run_low(store, actor, now)
        make_rules(store, actor=actor, at=now)
        for place, order in enumerate(_orders(store, actor, now)):
            send_order(order, actor=actor, at=now - timedelta(days=2))
            if place == 0:
                _receive_most(store, order, goods, actor, now)
        refresh_alerts(store, at=now)


def _suppliers_with_prices(org: Organization, goods: Sequence[Good], actor: Actor, at: datetime) -> None:
    firms = FIRMS.get(org.country, FIRMS["IN"])
    made: dict[str, Supplier] = {}
    for good in goods:
        name, lead_days, payment_days = firms.get(good.department, firms[""])
        if name not in made:
            mail = f"orders@{name.split()[0].lower()}.example"
            supplier = Supplier(name=name, email=mail, lead_days=lead_days, payment_days=payment_days)
            supplier.state_code = org.state_code
            made[name] = save_supplier(supplier, org=org, actor=actor, at=at)
        pack = Decimal(1) if good.product.unit == "kg" else CASE
        price = SupplierPrice(supplier=made[name], product=good.product, pack=pack, valid_from=at.date())
        price.price = round_money((good.product.cost or ZERO) * pack, org.places)
        save_supplier_price(price, org=org, actor=actor, at=at)


def _run_low(store: Store, actor: Actor, now: datetime) -> None:
    """Of the lasting goods of which least is there, more should be."""
    levels = StockLevel.objects.filter(store_id=store.pk, lot=None, on_hand__gt=0, product__sold_by="each")
    for level in levels.filter(product__archived_at=None).order_by("on_hand", "pk")[:LOW]:
        rule = ReorderRule(store_id=store.pk, product_id=level.product_id, pack=CASE)
        rule.reorder_point = level.on_hand + 6
        rule.target = rule.reorder_point + 3 * CASE
        save_rule(rule, actor=actor, at=now)


def _orders(store: Store, actor: Actor, now: datetime) -> list[PurchaseOrder]:
    """Of most that is due; the rest waits on the page that says what to order."""
    due = suggestions(store, at=now)
    chosen = {need.product: need.packs for place, need in enumerate(due) if place % 4 != 3}
    return draft_orders(store, chosen, actor=actor, at=now - timedelta(days=2)) if chosen else []


def _receive_most(store: Store, order: PurchaseOrder, goods: Sequence[Good], actor: Actor, now: datetime) -> None:
    """All but the last line of several, the first one a little dearer than the last time; and the bill for it."""
    lines = list(order.lines.select_related("product"))
    shelf_days = {good.product.pk: good.shelf_days for good in goods}
    came = [
        _delivered(line, store.document_date(now), shelf_days.get(line.product_id), is_dearer=place == 0)
        for place, line in enumerate(lines[: max(len(lines) - 1, 1)])
    ]
    delivery = Delivery(
        id=uuid7(),
        store=store,
        supplier=order.supplier,
        order=order,
        lines=came,
        delivery_note="4711",
        charges=[FREIGHT],
        accepts_costs=True,
    )
    receipt = receive_goods(delivery, actor=actor, at=now - timedelta(hours=1))
    if store.org.country == "IN":
        _note_invoice(store, receipt, actor, now)


def _delivered(line: PurchaseOrderLine, today: date, shelf_days: int | None, *, is_dearer: bool) -> DeliveredGoods:
    cost = line.pack_price / line.pack
    cost = round_money(cost * Decimal("1.04") if is_dearer else cost, 4)
    lot = PrintedLot(f"{today:%y%m%d}-2", today + timedelta(days=shelf_days)) if shelf_days else None
    return DeliveredGoods(line.product_id, line.ordered, cost, lot)


def _note_invoice(store: Store, receipt: GoodsReceipt, actor: Actor, now: datetime) -> None:
    half = round_money(receipt.total * Decimal("0.025"), store.org.places)
    invoice = PurchaseInvoice(
        supplier=receipt.supplier,
        receipt=receipt,
        number=f"{store.code}/2611",
        invoice_date=receipt.received_on,
        taxable=receipt.total,
        cgst=half,
        sgst=half,
        total=receipt.total + 2 * half,
    )
    save_invoice(invoice, store=store, actor=actor, at=now)
