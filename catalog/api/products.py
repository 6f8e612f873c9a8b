"""`products`."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.bodies import PictureUpload, ProductAnswer, ProductBody, ProductChanges, QuickProductBody
from catalog.api.groups import GroupViewSet
from catalog.api.shown_products import complete_products, shown_product
from catalog.gtin import is_gtin, to_gtin14
from catalog.models import Brand, Category, Family, Picture, Product, TaxClass
from catalog.operations.barcodes import BarcodeInput
from catalog.operations.bundles import PartInput
from catalog.operations.groups import save_brand
from catalog.operations.pictures import remove_picture, set_picture, want_picture
from catalog.operations.products import archive_products, quick_add_product, restore_products, save_product
from catalog.pictures import MOST_BYTES, BadPicture
from catalog.queries import find_products
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.uploads import FILE_PARSERS, read_form
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.queries import as_uuid

FILTERS = {
    "q": "Words of the name in any language, brand, SKU or barcode; best first, on one page.",
    "barcode": "A barcode as scanned.",
    "sku": "The exact SKU.",
    "category": "Id of a category.",
    "price_is_missing": "true: those whose price nobody has said yet; false: the others.",
    "updated_since": "RFC 3339 time; products changed since then, oldest change first.",
}
# What of a body is not simply a column of the product.
REFERENCES = {"category": Category, "family": Family}
APART = {"brand", "tax_class", "barcodes", "parts", "active", "picture_url", *REFERENCES}


class ProductViewSet(GroupViewSet):
    queryset = Product.objects.all()
    keyset = ("updated_at", "id")
    parameters = FILTERS
    parser_classes = FILE_PARSERS
    path = "products"

    def shown(self, row: Any) -> ProductAnswer:
        return shown_product(row)

    @documented(summary="List products", answer=ProductAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        rows = _narrowed(complete_products(), request.query_params)
        if text := request.query_params.get("q", "").strip():
            best = find_products(rows, text, archived=None)[: KeysetPage().get_page_size(request)]
            return Response({"results": [self.shown(row) for row in best], "next": None})
        return self.page(rows)

    @documented(summary="One product", answer=ProductAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(complete_products(), pk))

    @documented(summary="Add a product", body=ProductBody, answer=ProductAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        product = Product()
        self._save(product, self.changes(decode(request, ProductBody)))
        return self.added(complete_products().get(pk=product.pk))

    @documented(summary="Change, archive or restore a product", body=ProductChanges, answer=ProductAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        product = self.fresh(complete_products(), pk)
        self._save(product, self.changes(decode(request, ProductChanges)))
        return self.one(complete_products().get(pk=product.pk))

    @documented(summary="Add what a till has met first", body=QuickProductBody, answer=ProductAnswer, statuses=(201,))
    @action(detail=False, methods=["post"], url_path="quick-add")
    def quick_add(self, request: Request) -> Response:
        body = decode(request, QuickProductBody)
        tax_class = _tax_class(body.tax_class)
        product = quick_add_product(
            name=body.name, price=body.price, tax_class=tax_class, code=body.code, org=self.org, **self.by()
        )
        return self.added(complete_products().get(pk=product.pk))

    @documented(summary="The picture, as WebP")
    @action(detail=True, methods=["get"])
    def picture(self, request: Request, pk: str) -> HttpResponseBase:
        found = Picture.objects.filter(product=self.row(Product.objects.all(), pk)).first()
        if found is None:
            raise Http404
        return FileResponse(found.file.open(), content_type="image/webp")

    @documented(
        summary="Take this picture for the product",
        body=PictureUpload,
        body_type="multipart/form-data",
        answer=ProductAnswer,
    )
    @picture.mapping.post
    def put_picture(self, request: Request, pk: str) -> Response:
        product = self.fresh(complete_products(), pk)
        _fields, file = read_form(request)
        if file.size is None or file.size > MOST_BYTES:
            raise BadPicture(_("A picture has at most 10 MB."))
        set_picture(product, file.read(), **self.by())
        return self.one(complete_products().get(pk=product.pk))

    @documented(summary="Remove the picture", statuses=(204,))
    @picture.mapping.delete
    def drop_picture(self, request: Request, pk: str) -> Response:
        remove_picture(self.row(Product.objects.select_for_update(of=("self",)), pk), **self.by())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _save(self, product: Product, given: dict[str, Any]) -> None:
        """The product as the body has it; what it does not name stays."""
        self._put(product, given)
        save_product(product, org=self.org, barcodes=_barcodes(given), parts=_parts(given), **self.by())
        if (active := given.get("active")) is not None:
            (restore_products if active else archive_products)([product.pk], **self.by())
        if url := given.get("picture_url"):
            want_picture(product, url, **self.by())

    def _put(self, product: Product, given: dict[str, Any]) -> None:
        for name, value in given.items():
            if name in REFERENCES:
                setattr(product, name, _referred(name, value))
            elif name == "tax_class":
                product.tax_class = _tax_class(value)
            elif name == "brand":
                product.brand = self._brand(value)
            elif name == "price":
                product.put_price(value)
            elif name not in APART:
                setattr(product, name, value)

    def _brand(self, name: str | None) -> Brand | None:
        """By its name; made if there is none."""
        if not name or not name.strip():
            return None
        found = Brand.objects.filter(name__iexact=name.strip()).first()
        return found or save_brand(Brand(name=name), **self.by())


def _tax_class(ref: str) -> TaxClass:
    """By code or id."""
    pk = as_uuid(ref)
    found = (TaxClass.objects.filter(pk=pk) if pk else TaxClass.objects.filter(code=ref)).first()
    if found is None:
        raise NotFound(_("There is no tax class “%s”.") % ref, field="tax_class")
    return found


def _referred(name: str, pk: Any) -> Any:
    if pk is None:
        return None
    found = REFERENCES[name].objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such %s.") % name, field=name)
    return found


def _barcodes(given: dict[str, Any]) -> list[BarcodeInput] | None:
    rows = given.get("barcodes")
    return None if rows is None else [BarcodeInput(**msgspec.structs.asdict(row)) for row in rows]


def _parts(given: dict[str, Any]) -> list[PartInput] | None:
    rows = given.get("parts")
    return None if rows is None else [PartInput(row.product, row.quantity) for row in rows]


def _narrowed(products: Any, asked: Any) -> Any:
    if code := asked.get("barcode"):
        products = products.filter(barcodes__code=to_gtin14(code) if is_gtin(code) else code)
    if sku := asked.get("sku"):
        products = products.filter(sku=sku)
    if category := asked.get("category"):
        pk = as_uuid(category)
        products = products.filter(category=pk) if pk else products.none()
    if text := asked.get("price_is_missing"):
        products = products.filter(price_is_missing=_truth("price_is_missing", text))
    if since := asked.get("updated_since"):
        products = products.filter(updated_at__gte=_moment(since))
    return products


def _truth(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        sentence = _("true or false.")
        raise Invalid(f"{name}: {sentence}", {name: [sentence]})
    return text == "true"


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        sentence = _("Give a time such as 2026-11-23T09:00:00Z.")
        raise Invalid(f"updated_since: {sentence}", {"updated_since": [sentence]})
    return moment
