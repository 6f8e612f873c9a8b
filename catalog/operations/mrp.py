"""Nothing is sold above the MRP printed on it, and so no price may wait above it."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Barcode, Price, Product
from catalog.queries.standing_prices import standing_prices
from catalog.refusals import PriceAboveMrp
from pantrypal.core.business_time import zone
from pantrypal.core.models import Organization
from pantrypal.core.queries import all_stores

TOLD = 5


def require_all_under_mrp(product: Product, *, org: Organization, at: datetime) -> None:
    """Where the MRP has come down: packs, prices of stores and lists, and those noted ahead must be under it too.

    Part of `save_product`, before its barcodes are set. Raises PriceAboveMrp, which lists them.
    """
    if not org.has_mrp_ceiling or product.mrp is None:
        return
    above = [_told(row) for row in standing_prices([product.pk], at=at) if row.price > product.mrp]
    if above:
        sentence = _("These prices would be above the MRP of %(mrp)s: %(prices)s. Please lower or withdraw them first.")
        shown = "; ".join(above[:TOLD] + ["…"] * (len(above) > TOLD))
        raise PriceAboveMrp(sentence % {"mrp": product.mrp, "prices": shown}, field="mrp")


def require_packs_under_mrp(product: Product, *, org: Organization) -> None:
    """The packs that it has. Raises PriceAboveMrp."""
    if not org.has_mrp_ceiling or product.mrp is None:
        return
    for barcode in Barcode.objects.filter(product=product, price__isnull=False).order_by("code"):
        if barcode.price > product.mrp * barcode.quantity:
            sentence = _("The pack %(code)s costs more than the MRP of its pieces together. Please lower its price.")
            raise PriceAboveMrp(sentence % {"code": barcode}, field="barcodes")


def _told(row: Price) -> str:
    """65.00 in Koramangala from 1 Dec 2026."""
    store = next((store for store in all_stores() if store.pk == row.store_id), None)
    clock = zone(store.time_zone if store else all_stores()[0].time_zone)
    words = {
        "price": row.price,
        "where": store.name if store else str(row.price_list or _("all stores")),
        "day": date_format(row.valid_from.astimezone(clock).date()),
    }
    return _("%(price)s in %(where)s from %(day)s") % words
