"""What was sold and what it left, by product and by category. Net of returns, without tax."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from billing.models import BillLine, CreditNoteLine
from billing.reports.period import Period
from pantrypal.core.money import ZERO

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


class GoodsSold(msgspec.Struct):
    """`sold` is the taxable value after returns, `margin` what is left of it over the goods' own cost."""

    name: str
    sku: str = ""
    quantity: Decimal = ZERO
    sold: Decimal = ZERO
    cost: Decimal = ZERO
    margin: Decimal = ZERO
    margin_percent: Decimal = ZERO


def by_product(period: Period) -> list[GoodsSold]:
    return _by(period, ("product_id", "product__name", "product__sku"))


def by_category(period: Period) -> list[GoodsSold]:
    return _by(period, ("product__category_id", "product__category__name"))


def by_margin(period: Period) -> list[GoodsSold]:
    """Products, those first that leave least."""
    return sorted(by_product(period), key=lambda row: (row.margin_percent, row.name))


def _by(period: Period, group: tuple[str, ...]) -> list[GoodsSold]:
    rows: dict[Any, GoodsSold] = {}
    for sign, lines in (
        (1, BillLine.objects.filter(**period.business("bill__"))),
        (-1, CreditNoteLine.objects.filter(**period.business("credit_note__"))),
    ):
        sums = lines.order_by().values_list(*group).annotate(
            amount=Sum(F("quantity") * F("pack")), sum_taxable=Sum("taxable"), sum_cost=Sum("cost")
        )  # fmt: skip
        for *key, amount, taxable, cost in sums:
            row = rows.setdefault(key[0], GoodsSold(key[1] or _("Without a category"), *key[2:]))
            row.quantity += sign * amount
            row.sold += sign * taxable
            row.cost += sign * cost
    for row in rows.values():
        row.margin = row.sold - row.cost
        row.margin_percent = (row.margin * HUNDRED / row.sold).quantize(TENTH) if row.sold else ZERO
    return sorted(rows.values(), key=lambda row: (-row.sold, row.name))
