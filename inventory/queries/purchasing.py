"""What an order or a receipt has to look up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.models import GoodsReceipt, PurchaseOrder, Supplier, SupplierPrice
from pantrypal.core.errors import NotFound


def find_product(pk: UUID) -> Product:
    """Raises NotFound, also for a product of somebody else."""
    product = Product.objects.sellable().filter(pk=pk).first()
    if product is None:
        raise NotFound(_("There is no such product."), field="product")
    return product


def find_supplier(pk: UUID) -> Supplier:
    """Raises NotFound, also for an archived supplier."""
    supplier = Supplier.objects.active().filter(pk=pk).first()
    if supplier is None:
        raise NotFound(_("There is no such supplier."), field="supplier")
    return supplier


def prices_on(day: date, supplier: Supplier, products: Iterable[UUID]) -> dict[UUID, SupplierPrice]:
    """What the supplier asks for each product on that day; one without a price is missing from the answer."""
    rows = SupplierPrice.objects.filter(supplier=supplier, product__in=set(products), valid_from__lte=day)
    newest = rows.order_by("product_id", "-valid_from").distinct("product_id")
    return {row.product_id: row for row in newest}


def find_order(pk: UUID) -> PurchaseOrder:
    """With its supplier. Raises NotFound."""
    order = PurchaseOrder.objects.select_related("supplier").filter(pk=pk).first()
    if order is None:
        raise NotFound(_("There is no such order."), field="order")
    return order


def find_receipt(pk: UUID) -> GoodsReceipt:
    """Raises NotFound."""
    receipt = GoodsReceipt.objects.filter(pk=pk).first()
    if receipt is None:
        raise NotFound(_("There is no such goods receipt."), field="receipt")
    return receipt
