"""What tests of purchases begin with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.models import Product
from inventory.delivery import DeliveredGoods, Delivery, PrintedLot
from inventory.models import GoodsReceipt, PurchaseOrder, Supplier, SupplierPrice
from inventory.operations.goods_receipts import receive_goods
from inventory.operations.order_steps import send_order
from inventory.operations.purchase_orders import OrderedGoods, save_order
from inventory.operations.suppliers import save_supplier, save_supplier_price
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop


def supplier(shop: Shop, name: str = "Nandini Dairy", **values: Any) -> Supplier:
    return save_supplier(Supplier(name=name, **values), org=shop.org, actor=shop.actor, at=NOON)


def asks(shop: Shop, dairy: Supplier, product: Product, amount: str, pack: str = "1", **values: Any) -> SupplierPrice:
    """What the supplier asks for a pack, since the year began."""
    values.setdefault("valid_from", date(2026, 1, 1))
    row = SupplierPrice(supplier=dairy, product=product, price=Decimal(amount), pack=Decimal(pack), **values)
    return save_supplier_price(row, org=shop.org, actor=shop.actor, at=NOON)


def goods(product: Product, packs: str, pack: str | None = None, price: str | None = None) -> OrderedGoods:
    return OrderedGoods(product.pk, Decimal(packs), pack and Decimal(pack), price and Decimal(price))


def draft(shop: Shop, dairy: Supplier, *lines: OrderedGoods, **values: Any) -> PurchaseOrder:
    return save_order(PurchaseOrder(supplier=dairy, **values), lines, store=shop.store, actor=shop.actor, at=NOON)


def sent(shop: Shop, dairy: Supplier, *lines: OrderedGoods) -> PurchaseOrder:
    return send_order(draft(shop, dairy, *lines), actor=shop.actor, at=NOON)


def delivered(product: Product, quantity: str, cost: str | None = None, **lot: Any) -> DeliveredGoods:
    """Some pieces; `code`, `expires_on` and `mrp` are what is printed on them."""
    printed = PrintedLot(**lot) if lot else None
    return DeliveredGoods(product.pk, Decimal(quantity), cost and Decimal(cost), printed)


def delivery(shop: Shop, dairy: Supplier, *lines: DeliveredGoods, **values: Any) -> Delivery:
    values.setdefault("id", uuid7())
    return Delivery(store=shop.store, supplier=dairy, lines=lines, **values)


def receive(shop: Shop, dairy: Supplier, *lines: DeliveredGoods, at: datetime = NOON, **values: Any) -> GoodsReceipt:
    with transaction.atomic():
        return receive_goods(delivery(shop, dairy, *lines, **values), actor=shop.actor, at=at)
