"""A debit note on paper: what goes back to its supplier, and what they owe us for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inventory.models import SupplierPrice, SupplierReturn, SupplierReturnLine
from inventory.pdf.parties import buyer_of, seller_of, unit_after
from pantrypal.core.models import Store
from pantrypal.core.templatetags.pantrypal import amount, day, money, quantity
from pantrypal.core.typesetting import press

TEMPLATE = Path(__file__).resolve().parent / "templates" / "debit_note.typ"


def debit_note_as_pdf(note: SupplierReturn, store: Store) -> bytes:
    """A4, as the supplier gets it. The same note always gives the same file."""
    return press(TEMPLATE).print(_printable(note, store), note.returned_at)


def _printable(note: SupplierReturn, store: Store) -> dict[str, Any]:
    lines = list(note.lines.select_related("product", "lot"))
    theirs = _their_codes(note, [line.product_id for line in lines])
    return {
        "title": _("Debit note"),
        "labels": _labels(),
        "number": note.number,
        "date": day(note.returned_on),
        "buyer": buyer_of(store),
        "supplier": seller_of(note.supplier),
        "receipt": note.receipt.number if note.receipt else "",
        "delivery_note": note.receipt.delivery_note if note.receipt else "",
        "reason": note.reason,
        "lines": [_line(line, note.currency, theirs) for line in lines],
        "total": money(note.total, note.currency),
        "returned_by": note.returned_by,
    }


def _their_codes(note: SupplierReturn, products: list[UUID]) -> dict[UUID, str]:
    """What the supplier calls the goods, as of the day they go back."""
    prices = SupplierPrice.objects.filter(
        supplier=note.supplier_id, product__in=products, valid_from__lte=note.returned_on
    )
    newest = prices.order_by("product_id", "-valid_from").distinct("product_id")
    return dict(newest.values_list("product_id", "supplier_code"))


def _line(line: SupplierReturnLine, currency: str, theirs: Mapping[UUID, str]) -> dict[str, str]:
    product = line.product
    return {
        "name": product.name,
        "code": theirs.get(product.pk) or product.sku,
        "hsn": product.hsn,
        "lot": line.lot.code if line.lot else "",
        "expires": day(line.lot.expires_on) if line.lot else "",
        "pieces": f"{quantity(line.quantity)}{unit_after(product)}",
        "price": amount(line.unit_cost, currency),
        "amount": amount(line.amount, currency),
    }


def _labels() -> dict[str, str]:
    return {
        "order_to": pgettext("addressee", "To"),
        "returned_from": _("Returned from"),
        "receipt": _("Our goods receipt"),
        "delivery_note": _("Your delivery note"),
        "reason": _("Reason"),
        "phone": _("Phone"),
        "state": _("State"),
        "item": _("Item"),
        "code": _("Code"),
        "lot": _("Lot"),
        "expires": _("Expires"),
        "pieces": _("Quantity"),
        "price": _("Credit for one"),
        "amount": _("Amount"),
        "total": _("Total without tax"),
        "returned_by": _("Returned by"),
        "terms": _("We debit your account with this amount and its tax. Please send us your credit note for it."),
        "page": _("Page"),
    }
