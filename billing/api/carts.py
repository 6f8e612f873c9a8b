"""`carts`: those that are held."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.carts import CartAnswer, CartLineAnswer, HoldBody
from billing.api.parsing import sale_lines
from billing.carts import lines_of
from billing.models import Cart
from billing.operations.carts import drop_cart
from billing.operations.held_carts import put_cart_aside
from billing.queries import find_register
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.models import Store
from pantrypal.core.queries import find_store, store_codes

STORE = {"store": "Code or id of the store."}


class CartViewSet(OrgViewSet):
    queryset = Cart.objects.all()
    read_permission = Permission.BILLS_VIEW
    write_permission = Permission.SELL
    keyset = ("id",)
    parameters = STORE

    def shown(self, row: Any) -> CartAnswer:
        lines = [
            CartLineAnswer(product=line.product, name=line.name, barcode=line.code, quantity=line.quantity)
            for line in lines_of(row)
        ]
        return CartAnswer(
            id=row.pk,
            store=store_codes()[row.store_id],
            register=row.register.code,
            name=row.name,
            held_by=row.held_by,
            held_at=row.held_at,
            expires_at=row.expires_at,
            customer=row.customer_id,
            lines=lines,
        )

    @documented(summary="Held carts, oldest first", answer=CartAnswer, many=True, parameters=STORE)
    def list(self, request: Request) -> Response:
        carts = self._held()
        if store := request.query_params.get("store"):
            carts = carts.filter(store_id=find_store(store).pk)
        if self.actor.stores is not None:
            carts = carts.filter(store_id__in=self.actor.stores)
        return self.page(carts)

    @documented(summary="One held cart", answer=CartAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self._cart(pk))

    @documented(summary="Put a cart aside for a till", body=HoldBody, answer=CartAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, HoldBody)
        store = find_store(body.store)
        cart = put_cart_aside(
            sale_lines(body.lines, store.org.places),
            name=body.name,
            register=find_register(body.register, store),
            store=store,
            actor=self.actor,
            at=timezone.now(),
        )
        return Response(self.shown(cart), status=status.HTTP_201_CREATED)

    @documented(summary="Drop a held cart", statuses=(204,))
    def destroy(self, request: Request, pk: str) -> Response:
        cart = self._cart(pk)
        drop_cart(cart.pk, store=Store.objects.get(pk=cart.store_id), actor=self.actor, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _held(self) -> Any:
        return Cart.objects.select_related("register").filter(state=Cart.State.HELD)

    def _cart(self, pk: str) -> Cart:
        cart: Cart = self.row(self._held(), pk)
        require(self.actor, Permission.BILLS_VIEW, cart.store_id)
        return cart
