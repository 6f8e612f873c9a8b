"""`products`, `categories`, `brands` and `tax-classes`."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.bodies import (
    BarcodeAnswer,
    BrandAnswer,
    CategoryAnswer,
    ProductAnswer,
    RateAnswer,
    TaxClassAnswer,
)
from catalog.gtin import is_gtin, to_gtin14
from catalog.models import Barcode, Brand, Category, Product, TaxClass, TaxRate
from catalog.queries import find_products
from pantrypal.core.access import Permission
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid
from pantrypal.core.queries import as_uuid

PRODUCT_FILTERS = {
    "q": "Words of the name in any language, brand, SKU or barcode; best first, on one page.",
    "barcode": "A barcode as scanned.",
    "sku": "The exact SKU.",
    "category": "Id of a category.",
    "updated_since": "RFC 3339 time; products changed since then, oldest change first.",
}


class CatalogViewSet(OrgViewSet):
    read_permission = Permission.CATALOG_VIEW
    write_permission = Permission.CATALOG_EDIT


class ProductViewSet(CatalogViewSet):
    queryset = Product.objects.all()
    keyset = ("updated_at", "id")
    parameters = PRODUCT_FILTERS

    def shown(self, row: Any) -> ProductAnswer:
        return shown_product(row)

    @documented(summary="List products", answer=ProductAnswer, many=True, parameters=PRODUCT_FILTERS)
    def list(self, request: Request) -> Response:
        rows = _narrowed(_complete(), request.query_params)
        if text := request.query_params.get("q", "").strip():
            best = find_products(rows, text, archived=None)[: KeysetPage().get_page_size(request)]
            return Response({"results": [self.shown(row) for row in best], "next": None})
        return self.page(rows)

    @documented(summary="One product", answer=ProductAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(_complete(), pk))


class CategoryViewSet(CatalogViewSet):
    queryset = Category.objects.all()
    keyset = ("name", "id")

    def shown(self, row: Any) -> CategoryAnswer:
        return CategoryAnswer(id=row.pk, name=row.name, parent=row.parent_id)

    @documented(summary="List categories", answer=CategoryAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Category.objects.all())


class BrandViewSet(CatalogViewSet):
    queryset = Brand.objects.all()
    keyset = ("name", "id")

    def shown(self, row: Any) -> BrandAnswer:
        return BrandAnswer(id=row.pk, name=row.name)

    @documented(summary="List brands", answer=BrandAnswer, many=True)
    def list(self, request: Request) -> Response:
        return self.page(Brand.objects.all())


class TaxClassViewSet(CatalogViewSet):
    queryset = TaxClass.objects.all()
    keyset = ("code", "id")

    def shown(self, row: Any) -> TaxClassAnswer:
        rates = [RateAnswer(valid_from=rate.valid_from, rate=rate.rate, cess=rate.cess) for rate in row.rates.all()]
        return TaxClassAnswer(id=row.pk, code=row.code, name=row.name, rates=rates)

    @documented(summary="Tax classes with their dated rates", answer=TaxClassAnswer, many=True)
    def list(self, request: Request) -> Response:
        rates = Prefetch("rates", TaxRate.objects.order_by("-valid_from"))
        return self.page(TaxClass.objects.prefetch_related(rates))


def shown_product(row: Product) -> ProductAnswer:
    return ProductAnswer(
        id=row.pk,
        sku=row.sku,
        name=row.name,
        names=row.names,
        description=row.description,
        category=row.category_id,
        brand=row.brand.name if row.brand else None,
        hsn=row.hsn,
        tax_class=row.tax_class.code,
        unit=row.unit,
        sold_by=row.sold_by,
        mrp=row.mrp,
        price=row.price,
        cost=row.cost,
        age_limit=row.age_limit,
        tracks_stock=row.tracks_stock,
        tracks_lots=row.tracks_lots,
        active=row.archived_at is None,
        barcodes=[_barcode(barcode) for barcode in row.barcodes.all()],
        updated_at=row.updated_at,
    )


def _barcode(barcode: Barcode) -> BarcodeAnswer:
    return BarcodeAnswer(code=barcode.shown, kind=barcode.kind, quantity=barcode.quantity, price=barcode.price)


def _complete() -> Any:
    barcodes = Prefetch("barcodes", Barcode.objects.order_by("code"))
    return Product.objects.select_related("brand", "tax_class").prefetch_related(barcodes)


def _narrowed(products: Any, asked: Any) -> Any:
    if code := asked.get("barcode"):
        products = products.filter(barcodes__code=to_gtin14(code) if is_gtin(code) else code)
    if sku := asked.get("sku"):
        products = products.filter(sku=sku)
    if category := asked.get("category"):
        pk = as_uuid(category)
        products = products.filter(category=pk) if pk else products.none()
    if since := asked.get("updated_since"):
        products = products.filter(updated_at__gte=_moment(since))
    return products


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        sentence = _("Give a time such as 2026-11-23T09:00:00Z.")
        raise Invalid(f"updated_since: {sentence}", {"updated_since": [sentence]})
    return moment
