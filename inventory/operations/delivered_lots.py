"""Lots of a delivery: found by what is printed on the goods, or made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.delivery import DeliveredGoods, PrintedLot
from inventory.models import Lot
from inventory.operations.lots import save_lot
from inventory.refusals import LotNotTaken
from pantrypal.core.actor import Actor
from pantrypal.core.errors import Invalid
from pantrypal.core.templatetags.pantrypal import day as written


def lots_of(
    goods: list[DeliveredGoods], products: Mapping[UUID, Product], *, today: date, actor: Actor, at: datetime
) -> list[Lot | None]:
    """The lot of each line; None for goods without lots. Raises LotNotTaken, Invalid.

    Nothing comes in that must not be sold: neither what has expired nor what has been recalled.
    """
    return [
        _lot(products[some.product], some.lot, f"lines.{position}.lot", today, actor, at)
        for position, some in enumerate(goods)
    ]


def _lot(
    product: Product, printed: PrintedLot | None, field: str, today: date, actor: Actor, at: datetime
) -> Lot | None:
    code = _code(printed)
    if not code or printed is None:
        if product.tracks_lots:
            sentence = _("%s has lots: please give the date or lot number printed on it.") % product
            raise Invalid(sentence, {field: [sentence]})
        return None
    known = Lot.objects.filter(product=product, code=code).first()
    lot = known or Lot(product=product, code=code, mrp=printed.mrp, manufactured_on=printed.manufactured_on)
    _require_fit(lot, printed, today)
    is_changed = known is None or (lot.expires_on is None and printed.expires_on is not None)
    lot.expires_on = lot.expires_on or printed.expires_on
    return save_lot(lot, actor=actor, at=at) if is_changed else lot


def _code(printed: PrintedLot | None) -> str:
    if printed is None:
        return ""
    dated = f"{printed.expires_on:%y%m%d}" if printed.expires_on else ""
    return printed.code.strip() or dated


def _require_fit(lot: Lot, printed: PrintedLot, today: date) -> None:
    named = {"lot": lot.code, "product": lot.product.name}
    if lot.recalled_at is not None:
        raise LotNotTaken(_("Lot %(lot)s of %(product)s has been recalled. Please send it back.") % named)
    expires_on = printed.expires_on or lot.expires_on
    if lot.expires_on is not None and expires_on != lot.expires_on:
        named["date"] = written(lot.expires_on)
        raise LotNotTaken(_("We know lot %(lot)s of %(product)s with the date %(date)s. Please look again.") % named)
    if expires_on is not None and expires_on < today:
        named["date"] = written(expires_on)
        raise LotNotTaken(_("%(product)s, lot %(lot)s, expired on %(date)s. Please send it back.") % named)
