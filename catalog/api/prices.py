"""`prices` and `price-lists`."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.price_bodies import PriceAnswer, PriceBody, PriceListAnswer, PriceListBody, PriceListChanges
from catalog.models import Price, PriceList, Product
from catalog.operations.prices import PriceInput, save_price_list, set_price, withdraw_price
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.queries import as_uuid, find_store, store_codes

FILTERS = {
    "product": "Id of a product.",
    "store": "Code or id of a store: its own prices only.",
    "price_list": "Id of a price list: its prices only.",
}


class PriceViewSet(OrgViewSet):
    queryset = Price.objects.all()
    read_permission = Permission.CATALOG_VIEW
    write_permission = Permission.PRICE_EDIT
    keyset = ("-valid_from", "-id")
    parameters = FILTERS

    def shown(self, row: Any) -> PriceAnswer:
        return PriceAnswer(
            id=row.pk,
            product=row.product_id,
            store=store_codes().get(row.store_id) if row.store_id else None,
            price_list=row.price_list_id,
            price=row.price,
            was=row.was,
            valid_from=row.valid_from,
            noted_at=row.at,
            noted_by=row.actor,
        )

    @documented(
        summary="Prices with their history and what is to come, newest first",
        answer=PriceAnswer,
        many=True,
        parameters=FILTERS,
    )
    def list(self, request: Request) -> Response:
        prices, asked = Price.objects.all(), request.query_params
        for name in ("product", "price_list"):
            if name in asked:
                pk = as_uuid(asked[name])
                prices = prices.filter(**{name: pk}) if pk else prices.none()
        if "store" in asked:
            prices = prices.filter(store_id=find_store(asked["store"]).pk)
        return self.page(prices)

    @documented(summary="Set a price, now or ahead", body=PriceBody, answer=PriceAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, PriceBody)
        product = Product.objects.filter(pk=body.product).first()
        if product is None:
            raise NotFound(_("There is no such product."), field="product")
        price_list = PriceList.objects.filter(pk=body.price_list).first() if body.price_list else None
        if body.price_list and price_list is None:
            raise NotFound(_("There is no such price list."), field="price_list")
        store = find_store(body.store).pk if body.store else None
        given = PriceInput(product, body.price, store, price_list, body.valid_from)
        row = set_price(given, org=self.org, actor=self.actor, at=timezone.now())
        return Response(self.shown(row), status=status.HTTP_201_CREATED)

    @documented(summary="Withdraw a price that has not begun", statuses=(204,))
    def destroy(self, request: Request, pk: str) -> Response:
        withdraw_price(self.row(Price.objects.all(), pk), actor=self.actor, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PriceListViewSet(OrgViewSet):
    queryset = PriceList.objects.all()
    read_permission = Permission.CATALOG_VIEW
    write_permission = Permission.PRICE_EDIT
    keyset = ("name", "id")

    def shown(self, row: Any) -> PriceListAnswer:
        codes = store_codes()
        return PriceListAnswer(
            id=row.pk,
            name=row.name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            stores=[codes[pk] for pk in row.stores if pk in codes],
            updated_at=row.updated_at,
        )

    @documented(summary="List price lists", answer=PriceListAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(PriceList.objects.filter(archived_at__isnull=True))

    @documented(summary="One price list", answer=PriceListAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(PriceList.objects.all(), pk))

    @documented(summary="Add a price list", body=PriceListBody, answer=PriceListAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        values = msgspec.structs.asdict(decode(request, PriceListBody))
        values["stores"] = [find_store(ref).pk for ref in values["stores"]]
        made = save_price_list(PriceList(**values), actor=self.actor, at=timezone.now())
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @documented(summary="Change a price list", body=PriceListChanges, answer=PriceListAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        price_list = self.row(PriceList.objects.select_for_update(), pk)
        self.require_fresh(price_list)
        changes = self.changes(decode(request, PriceListChanges))
        if "stores" in changes:
            changes["stores"] = [find_store(ref).pk for ref in changes["stores"]]
        for name, value in changes.items():
            setattr(price_list, name, value)
        save_price_list(price_list, actor=self.actor, at=timezone.now())
        return self.one(price_list)
