"""A purchase order on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inventory.models import PurchaseOrder, PurchaseOrderLine
from inventory.pdf.parties import buyer_of, seller_of, unit_after
from pantrypal.core.business_time import local_date
from pantrypal.core.models import Store
from pantrypal.core.templatetags.pantrypal import amount, day, money, quantity
from pantrypal.core.typesetting import press

TEMPLATE = Path(__file__).resolve().parent / "templates" / "purchase_order.typ"


def order_as_pdf(order: PurchaseOrder, store: Store) -> bytes:
    """A4, as the supplier gets it. The same order always gives the same file."""
    return press(TEMPLATE).print(_printable(order, store), order.sent_at or order.made_at)


def _printable(order: PurchaseOrder, store: Store) -> dict[str, Any]:
    return {
        "title": _("Purchase order"),
        "is_draft": order.status == PurchaseOrder.Status.DRAFT,
        "labels": _labels(),
        "number": order.number,
        "date": day(local_date(order.sent_at or order.made_at, store.time_zone)),
        "expected": day(order.expected_on),
        "buyer": buyer_of(store),
        "supplier": seller_of(order.supplier),
        "lines": [_line(line) for line in order.lines.select_related("product")],
        "total": money(order.total, order.currency),
        "note": order.note,
        "made_by": order.made_by,
    }


def _line(line: PurchaseOrderLine) -> dict[str, str]:
    product = line.product
    unit = unit_after(product)
    return {
        "name": product.name,
        "code": line.supplier_code or product.sku,
        "hsn": product.hsn,
        "packs": quantity(line.packs),
        "pack": f"{quantity(line.pack)}{unit}",
        "pieces": f"{quantity(line.ordered)}{unit}",
        "price": amount(line.pack_price, line.order.currency),
        "amount": amount(line.amount, line.order.currency),
    }


def _labels() -> dict[str, str]:
    return {
        "order_to": pgettext("addressee", "To"),
        "deliver_to": _("Please deliver to"),
        "expected": _("Delivery by"),
        "phone": _("Phone"),
        "state": _("State"),
        "item": _("Item"),
        "code": _("Code"),
        "packs": _("Packs"),
        "pack": _("Pack of"),
        "pieces": _("Quantity"),
        "price": _("Price of a pack"),
        "amount": _("Amount"),
        "total": _("Total without tax"),
        "ordered_by": _("Ordered by"),
        "draft": _("Draft: not yet ordered"),
        "terms": _("Prices are without tax. Please write the order's number on challan and invoice."),
        "page": _("Page"),
    }
