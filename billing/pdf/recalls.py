"""The list of a recall on paper: for the phone, for the counter, and for whoever asks later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from billing.recalled import Obstacle, RecalledSale
from inventory.models import Recall
from pantrypal.core.models import Store
from pantrypal.core.templatetags.pantrypal import day, quantity
from pantrypal.core.typesetting import press

TEMPLATE = Path(__file__).resolve().parent / "templates" / "recall.typ"


def recall_as_pdf(
    recall: Recall, sales: Sequence[RecalledSale], *, stores: Mapping[UUID, Store], shop: str, at: datetime
) -> bytes:
    """A4: first whom nobody can reach, then who is to be called, then what has come back."""
    unknown = [sale for sale in sales if sale.obstacle == Obstacle.NO_CUSTOMER]
    known = [sale for sale in sales if sale.obstacle is None]
    back = [sale for sale in sales if sale.obstacle == Obstacle.CAME_BACK]
    parts = [
        (_("Nobody is named: pay back at a till when the goods are brought"), _hint(unknown), unknown),
        (_("Customers to call; their money goes back as store credit"), _hint(known), known),
        (_("Have come back"), _hint(back), back),
    ]
    data = {
        "title": _("Recall of %s") % recall.product.name,
        "shop": shop,
        "date": day(at.date()),
        "lots": ", ".join(sorted(recall.lots.values_list("lot__code", flat=True))),
        "reason": recall.reason,
        "labels": _labels(),
        "parts": [
            {"title": title, "hint": hint, "rows": [_row(sale, stores) for sale in some]}
            for title, hint, some in parts
            if some
        ],
    }
    return press(TEMPLATE).print(data, at)


def _hint(sales: Iterable[RecalledSale]) -> str:
    bills = {sale.bill.pk for sale in sales}
    return _("Bills: %s") % len(bills)


def _row(sale: RecalledSale, stores: Mapping[UUID, Store]) -> dict[str, str]:
    return {
        "bill": sale.bill.number,
        "date": day(sale.bill.document_date),
        "store": stores[sale.bill.store_id].code,
        "lots": ", ".join(sale.lots),
        "sold": quantity(sale.quantity),
        "customer": sale.buyer.name if sale.buyer else "",
        "phone": sale.buyer.phone if sale.buyer else "",
    }


def _labels() -> dict[str, Any]:
    return {
        "lots": _("Lots"),
        "reason": _("Reason"),
        "bill": _("Bill"),
        "date": _("Date"),
        "store": _("Store"),
        "lot": _("Lot"),
        "sold": _("Sold"),
        "customer": _("Customer"),
        "phone": _("Phone"),
        "done": _("Done"),
        "page": _("Page"),
    }
