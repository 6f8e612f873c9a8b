"""`scan`: what the till does with a scan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.scan import ScanAnswer, TaxRateAnswer
from billing.operations.shelf_prices import shelf_prices
from billing.refusals import UnknownProduct
from billing.tax import Supply, components
from catalog.models import Product
from catalog.queries import GRAM, ONE, Sellable, find_scanned, price_facts
from inventory.queries.levels import on_hand_in
from pantrypal.core.access import Permission
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.queries import find_store

PARAMETERS = {
    "store": "Code or id of the store.",
    "code": "What the scanner sends, with or without its AIM identifier, or the keyboard.",
}


class ScanViewSet(OrgViewSet):
    queryset = Product.objects.all()
    read_permission = Permission.CATALOG_VIEW
    parameters = PARAMETERS

    @documented(summary="What the till does with a scan", answer=ScanAnswer, parameters=PARAMETERS)
    def list(self, request: Request) -> Response:
        store = find_store(_required(request, "store"))
        code = _required(request, "code")
        at = timezone.now()
        today = store.document_date(at)
        scan = find_scanned([code], on=today, currency=store.org.currency).get(code)
        if scan is None:
            raise UnknownProduct(_("There is no product “%s”.") % code)
        facts = price_facts([scan.item.id], store=store.pk, at=at)
        scan = facts.by_label(scan, store=store.pk, at=at)
        item = scan.item
        price = shelf_prices([scan], [None], store=store, facts=facts, at=at)[0]
        rate = facts.rules.rate_on(today, item.tax_class_id)
        parts = components(rate.rate, rate.cess, Supply(store.org.tax_regime, store.state_code, store.state_code))
        return Response(
            ScanAnswer(
                product=item.id,
                sku=item.sku,
                name=item.name,
                names=item.names,
                barcode=item.barcode,
                unit=item.unit,
                sold_by=item.sold_by,
                quantity=scan.quantity,
                pack=item.pack,
                price=price.amount,
                price_reason=price.why,
                mrp=item.mrp,
                hsn=item.hsn,
                taxes=[TaxRateAnswer(name=part.name, rate=part.rate.normalize()) for part in parts],
                lot=scan.lot or None,
                expires_on=scan.expires_on,
                best_before=scan.best_before,
                age_limit=item.age_limit,
                stock=_stock(item, store),
            )
        )


def _stock(item: Sellable, store: Store) -> Decimal | None:
    """What is on hand, of a bundle how many its parts make; None where the stock is not counted."""
    goods = replace(item, pack=ONE).goods()
    if not goods:
        return None
    on_hand = on_hand_in(store.pk, [part.product for part in goods])
    if not item.is_bundle:
        return on_hand.get(item.id, ZERO).quantize(GRAM)
    return min(on_hand.get(part.product, ZERO) // part.quantity for part in goods).quantize(GRAM)


def _required(request: Request, name: str) -> str:
    value = request.query_params.get(name, "")
    if not value:
        sentence = _("This parameter is needed.")
        raise Invalid(f"{name}: {sentence}", {name: [sentence]})
    return value
