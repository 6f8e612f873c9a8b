"""`categories`, `brands` and `tax-classes`."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.bodies import (
    BrandAnswer,
    BrandBody,
    BrandChanges,
    CategoryAnswer,
    CategoryBody,
    CategoryChanges,
    RateAnswer,
    TaxClassAnswer,
    TaxClassBody,
    TaxClassChanges,
)
from catalog.models import Brand, Category, TaxClass, TaxRate
from catalog.operations.groups import save_brand, save_category
from catalog.operations.tax_classes import RateInput, save_tax_class
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound


class GroupViewSet(OrgViewSet):
    """Lists, shows, adds and changes rows; a subclass says how one is saved."""

    read_permission = Permission.CATALOG_VIEW
    write_permission = Permission.CATALOG_EDIT
    path = ""

    def added(self, row: Any) -> Response:
        address = f"/api/v1/{self.path}/{row.pk}"
        return Response(self.shown(row), status=status.HTTP_201_CREATED, headers={"Location": address})

    def fresh(self, rows: Any, pk: str) -> Any:
        """The row, locked, in the version that If-Match names."""
        row = self.row(rows.select_for_update(of=("self",)), pk)
        self.require_fresh(row)
        return row

    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": timezone.now()}


class CategoryViewSet(GroupViewSet):
    queryset = Category.objects.all()
    keyset = ("name", "id")
    path = "categories"

    def shown(self, row: Any) -> CategoryAnswer:
        return CategoryAnswer(id=row.pk, name=row.name, parent=row.parent_id)

    @documented(summary="List categories", answer=CategoryAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Category.objects.all())

    @documented(summary="One category", answer=CategoryAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Category.objects.all(), pk))

    @documented(summary="Add a category", body=CategoryBody, answer=CategoryAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, CategoryBody)
        return self.added(save_category(Category(name=body.name, parent=_parent(body.parent)), **self.by()))

    @documented(summary="Rename or move a category", body=CategoryChanges, answer=CategoryAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        category = self.fresh(Category.objects.all(), pk)
        changes = self.changes(decode(request, CategoryChanges))
        if "parent" in changes:
            category.parent = _parent(changes["parent"])
        category.name = changes.get("name", category.name)
        return self.one(save_category(category, **self.by()))


class BrandViewSet(GroupViewSet):
    queryset = Brand.objects.all()
    keyset = ("name", "id")
    path = "brands"

    def shown(self, row: Any) -> BrandAnswer:
        return BrandAnswer(id=row.pk, name=row.name)

    @documented(summary="List brands", answer=BrandAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Brand.objects.all())

    @documented(summary="One brand", answer=BrandAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(Brand.objects.all(), pk))

    @documented(summary="Add a brand", body=BrandBody, answer=BrandAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        return self.added(save_brand(Brand(name=decode(request, BrandBody).name), **self.by()))

    @documented(summary="Rename a brand", body=BrandChanges, answer=BrandAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        brand = self.fresh(Brand.objects.all(), pk)
        brand.name = self.changes(decode(request, BrandChanges)).get("name", brand.name)
        return self.one(save_brand(brand, **self.by()))


class TaxClassViewSet(GroupViewSet):
    """The operation asks for more than to edit the catalog: whoever may edit the organization itself."""

    queryset = TaxClass.objects.all()
    keyset = ("code", "id")
    path = "tax-classes"

    def shown(self, row: Any) -> TaxClassAnswer:
        rates = [RateAnswer(valid_from=rate.valid_from, rate=rate.rate, cess=rate.cess) for rate in row.rates.all()]
        return TaxClassAnswer(id=row.pk, code=row.code, name=row.name, rates=rates)

    @documented(summary="Tax classes with their dated rates", answer=TaxClassAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(_with_rates())

    @documented(summary="One tax class", answer=TaxClassAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(_with_rates(), pk))

    @documented(summary="Add a tax class", body=TaxClassBody, answer=TaxClassAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, TaxClassBody)
        made = save_tax_class(TaxClass(code=body.code, name=body.name), rates=_rates(body.rates), **self.by())
        return self.added(_with_rates().get(pk=made.pk))

    @documented(summary="Change a tax class; rates are all it is to have", body=TaxClassChanges, answer=TaxClassAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        tax_class = self.fresh(_with_rates(), pk)
        body = decode(request, TaxClassChanges)
        rates = [RateInput(rate.valid_from, rate.rate, rate.cess) for rate in tax_class.rates.all()]
        if body.rates is not msgspec.UNSET:
            rates = _rates(body.rates)
        if body.name is not msgspec.UNSET:
            tax_class.name = body.name
        save_tax_class(tax_class, rates=rates, **self.by())
        return self.one(_with_rates().get(pk=tax_class.pk))


def _with_rates() -> Any:
    return TaxClass.objects.prefetch_related(Prefetch("rates", TaxRate.objects.order_by("-valid_from")))


def _rates(rates: Any) -> list[RateInput]:
    return [RateInput(rate.valid_from, rate.rate, rate.cess) for rate in rates]


def _parent(pk: Any) -> Category | None:
    if pk is None:
        return None
    parent = Category.objects.filter(pk=pk).first()
    if parent is None:
        raise NotFound(_("There is no such category."), field="parent")
    return parent
