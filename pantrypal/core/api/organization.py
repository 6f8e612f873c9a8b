"""`me` and `stores`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from pantrypal.core.access import SCOPES
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.models import Store
from pantrypal.core.queries import find_store


class OrganizationAnswer(Answer):
    name: str
    slug: str
    country: str
    currency: str
    gstin: str
    prices_include_tax: bool


class PlanAnswer(Answer):
    code: str
    name: str


class StoreRef(Answer):
    id: UUID
    code: str
    name: str


class Me(Answer):
    """Who this key or session is, and what it may do."""

    kind: str
    name: str
    organization: OrganizationAnswer
    plan: PlanAnswer
    limits: dict[str, int | None]
    scopes: list[str]
    stores: list[StoreRef]


class StoreAnswer(Answer):
    id: UUID
    code: str
    name: str
    address: str
    phone: str
    state_code: str
    gstin: str
    time_zone: str
    day_cutoff: str
    stock_policy: str
    rounding_step: str
    receipt_language: str
    upi_id: str
    active: bool


class MeViewSet(OrgViewSet):
    queryset = Store.objects.none()

    @documented(summary="Organization, plan, limits, scopes and stores of this key", answer=Me)
    def list(self, request: Request) -> Response:
        stores = [store for store in Store.objects.filter(archived_at=None).order_by("code") if self._covers(store)]
        org = self.org
        scopes = [scope for scope, permissions in SCOPES.items() if permissions <= self.actor.permissions]
        return Response(
            Me(
                kind=self.actor.kind,
                name=self.actor.label,
                organization=OrganizationAnswer(
                    name=org.name,
                    slug=org.slug,
                    country=org.country,
                    currency=org.currency,
                    gstin=org.gstin,
                    prices_include_tax=org.prices_include_tax,
                ),
                plan=PlanAnswer(code=org.plan.code, name=org.plan.name),
                limits=org.plan.limits,
                scopes=scopes,
                stores=[StoreRef(id=store.pk, code=store.code, name=store.name) for store in stores],
            )
        )

    def _covers(self, store: Store) -> bool:
        return self.actor.stores is None or store.pk in self.actor.stores


class StoreViewSet(OrgViewSet):
    queryset = Store.objects.all()
    keyset = ("code", "id")

    def shown(self, row: Any) -> StoreAnswer:
        return StoreAnswer(
            id=row.pk,
            code=row.code,
            name=row.name,
            address=row.address,
            phone=row.phone,
            state_code=row.state_code,
            gstin=row.own_gstin,
            time_zone=row.time_zone,
            day_cutoff=row.day_cutoff.isoformat("minutes"),
            stock_policy=row.stock_policy,
            rounding_step=str(row.rounding_step),
            receipt_language=row.receipt_language,
            upi_id=row.upi_id,
            active=row.archived_at is None,
        )

    @documented(summary="List stores", answer=StoreAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Store.objects.select_related("org"))

    @documented(summary="One store, by code or id", answer=StoreAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(find_store(pk))
