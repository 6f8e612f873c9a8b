"""`reorder-suggestions` and `reorder-rules`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.orders import shown_order
from inventory.api.reorder_bodies import (
    DraftedAnswer,
    DraftOrdersBody,
    RuleAnswer,
    RuleBody,
    RuleChanges,
    SuggestionAnswer,
)
from inventory.models import PurchaseOrder, ReorderRule
from inventory.operations.reorder import draft_orders, remove_rules, save_rule
from inventory.queries.needs import suggestions
from inventory.queries.purchasing import find_product, find_supplier
from inventory.reorder import Need
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import as_uuid, find_store, store_codes

STORE = {"store": "Code or id of the store."}
FILTERS = STORE | {"product": "Id of the product.", "supplier": "Id of the supplier that the rule names."}


class ReorderSuggestionViewSet(OrgViewSet):
    queryset = ReorderRule.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.PURCHASE
    parameters = STORE

    @documented(summary="What a store should order today", answer=SuggestionAnswer, many=True, parameters=STORE)
    def list(self, request: Request) -> Response:
        ref = request.query_params.get("store", "")
        if not ref:
            sentence = _("Please name the store.")
            raise Invalid(f"store: {sentence}", {"store": [sentence]})
        store = find_store(ref)
        require(self.actor, Permission.STOCK_VIEW, store.pk)
        return Response(
            {"results": [_suggestion(need) for need in suggestions(store, at=timezone.now())], "next": None}
        )

    @documented(summary="Draft orders of what is due", body=DraftOrdersBody, answer=DraftedAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, DraftOrdersBody)
        chosen = {line.product: line.packs for line in body.lines} or None
        drafted = draft_orders(find_store(body.store), chosen, actor=self.actor, at=timezone.now())
        orders = PurchaseOrder.objects.filter(pk__in=[order.pk for order in drafted]).order_by("pk")
        codes = store_codes()
        answer = DraftedAnswer(orders=[shown_order(order, codes) for order in orders.prefetch_related("lines")])
        return Response(answer, status=status.HTTP_201_CREATED)


class ReorderRuleViewSet(OrgViewSet):
    queryset = ReorderRule.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.PURCHASE
    parameters = FILTERS

    def shown(self, row: Any) -> RuleAnswer:
        return RuleAnswer(
            id=row.pk,
            store=self.codes[row.store_id],
            product=row.product_id,
            reorder_point=row.reorder_point,
            target=row.target,
            pack=row.pack,
            supplier=row.supplier_id,
        )

    @cached_property
    def codes(self) -> dict[UUID, str]:
        return store_codes()

    @documented(summary="Reorder rules, newest first", answer=RuleAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        rules = self._rules()
        if store := request.query_params.get("store"):
            rules = rules.filter(store_id=find_store(store).pk)
        for name in ("product", "supplier"):
            if asked := request.query_params.get(name):
                rules = rules.filter(**{name: as_uuid(asked)}) if as_uuid(asked) else rules.none()
        return self.page(rules)

    @documented(summary="One reorder rule", answer=RuleAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self._rules(), pk))

    @documented(summary="Say when a store orders a product", body=RuleBody, answer=RuleAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, RuleBody)
        rule = ReorderRule(store_id=find_store(body.store).pk, product=find_product(body.product))
        rule.reorder_point, rule.target, rule.pack = body.reorder_point, body.target, body.pack
        rule.supplier = find_supplier(body.supplier) if body.supplier else None
        return Response(self._saved(rule), status=status.HTTP_201_CREATED)

    @documented(summary="Change a reorder rule", body=RuleChanges, answer=RuleAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        rule = self.row(self._rules().select_for_update(of=("self",)), pk)
        self.require_fresh(rule)
        changes = self.changes(decode(request, RuleChanges))
        if "supplier" in changes:
            changes["supplier"] = find_supplier(changes["supplier"]) if changes["supplier"] else None
        for name, value in changes.items():
            setattr(rule, name, value)
        self._saved(rule)
        return self.one(rule)

    @documented(summary="Order a product by eye from now on", statuses=(204,))
    def destroy(self, request: Request, pk: str) -> Response:
        remove_rules([self.row(self._rules(), pk)], actor=self.actor, at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _rules(self) -> Any:
        rules = ReorderRule.objects.all()
        return rules if self.actor.stores is None else rules.filter(store_id__in=self.actor.stores)

    def _saved(self, rule: ReorderRule) -> RuleAnswer:
        save_rule(rule, actor=self.actor, at=timezone.now())
        rule.refresh_from_db()
        return self.shown(rule)


def _suggestion(need: Need) -> SuggestionAnswer:
    return SuggestionAnswer(**{name: getattr(need, name) for name in SuggestionAnswer.__struct_fields__})
