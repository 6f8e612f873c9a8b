"""`stock-counts`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Meta
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Category
from inventory.models import Lot, StockCount
from inventory.operations.count_posting import is_doubtful, post_count
from inventory.operations.stock_counts import Scan, ask_recount, cancel_count, open_count, record_scan, undo_scan
from inventory.queries.counts import Tallied, tally
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.api.bodies import Answer, Body, Code, Text, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.queries import as_uuid, find_store, store_codes
from pantrypal.tenancy.ids import uuid7

FILTERS = {"status": "open, posted or cancelled.", "store": "Code or id of the store."}


class CountAnswer(Answer):
    id: UUID
    number: str
    store: str
    title: str
    scope: str
    category: UUID | None
    status: str
    started_at: datetime
    ended_at: datetime | None


class CountBody(Body):
    """`scope` `category` needs a category; `cycle` counts what is scanned and nothing else."""

    store: Code
    scope: Literal["full", "category", "cycle"] = "cycle"
    category: UUID | None = None
    title: Annotated[str, Meta(max_length=80)] = ""


class ScanBody(Body):
    """`id` is the scanner's own, so that a repeat is kept once. `at` is when the goods were seen. `lot` is a number."""

    id: UUID
    product: UUID
    quantity: Decimal
    lot: Code | None = None
    at: datetime | None = None


class ScanBatch(Body):
    scans: Annotated[tuple[ScanBody, ...], Meta(min_length=1, max_length=500)]


class KeptScans(Answer):
    kept: list[UUID]


class UndoBody(Body):
    scan: UUID


class RecountBody(Body):
    products: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=5000)]


class PostBody(Body):
    """`reasons` by product. `accept_doubtful` takes outliers, and what nobody found, as they are."""

    accept_doubtful: bool = False
    reasons: dict[str, Text] = {}


class DifferenceAnswer(Answer):
    """`variance` is what trading cannot explain; `doubtful`: count it again before you believe it."""

    product: UUID
    lot: UUID | None
    counted: Decimal
    expected: Decimal
    variance: Decimal
    unit_cost: Decimal
    found: bool
    doubtful: bool


class StockCountViewSet(OrgViewSet):
    queryset = StockCount.objects.all()
    read_permission = Permission.STOCK_VIEW
    write_permission = Permission.STOCK_COUNT
    parameters = FILTERS

    def shown(self, row: Any) -> CountAnswer:
        return CountAnswer(
            id=row.pk,
            number=row.number,
            store=self.codes[row.store_id],
            title=row.title,
            scope=row.scope,
            category=row.category_id,
            status=row.status,
            started_at=row.started_at,
            ended_at=row.ended_at,
        )

    @property
    def rows(self) -> Any:
        self.codes = store_codes()
        stores = self.actor.stores
        return StockCount.objects.all() if stores is None else StockCount.objects.filter(store_id__in=stores)

    @documented(summary="Stock counts, newest first", answer=CountAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        rows = self.rows
        if state := request.query_params.get("status"):
            rows = rows.filter(status=state)
        if store := request.query_params.get("store"):
            rows = rows.filter(store_id=find_store(store).pk)
        return self.page(rows)

    @documented(summary="One stock count", answer=CountAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(self.rows, pk))

    @documented(summary="Begin to count", body=CountBody, answer=CountAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, CountBody)
        category = None
        if body.category and (category := Category.objects.filter(pk=body.category).first()) is None:
            raise NotFound(_("There is no such category."), field="category")
        count = StockCount(scope=body.scope, category=category, title=body.title)
        open_count(count, store=find_store(body.store), actor=self.actor, at=timezone.now())
        return Response(self._again(count.pk), status=status.HTTP_201_CREATED)

    @documented(summary="Keep what was seen", body=ScanBatch, answer=KeptScans)
    @action(detail=True, methods=["post"])
    def scans(self, request: Request, pk: str) -> Response:
        count, body = self.row(self.rows, pk), decode(request, ScanBatch)
        lots = _lots(body)
        kept = [
            record_scan(
                count,
                Scan(one.id, one.product, one.quantity, lots[one.product, one.lot] if one.lot else None, one.at),
                actor=self.actor,
                at=timezone.now(),
            )
            for one in body.scans
        ]
        return Response(KeptScans(kept=[scan.pk for scan in kept]))

    @documented(summary="Take back a scan", body=UndoBody, answer=KeptScans)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        count, body = self.row(self.rows, pk), decode(request, UndoBody)
        undone = undo_scan(count, body.scan, undo_id=uuid7(), actor=self.actor, at=timezone.now())
        return Response(KeptScans(kept=[undone.pk]))

    @documented(summary="Differences so far, for those who post", answer=DifferenceAnswer, many=True)
    @action(detail=True, methods=["get"])
    def differences(self, request: Request, pk: str) -> Response:
        count = self.row(self.rows, pk)
        require(self.actor, Permission.STOCK_EDIT, count.store_id)
        found = tally(count, at=timezone.now())
        return Response({"results": [_difference(one) for one in found], "next": None})

    @documented(summary="Ask for products to be counted again", body=RecountBody, answer=CountAnswer)
    @action(detail=True, methods=["post"])
    def recount(self, request: Request, pk: str) -> Response:
        count, body = self.row(self.rows, pk), decode(request, RecountBody)
        ask_recount(count, body.products, actor=self.actor, at=timezone.now())
        return Response(self._again(count.pk))

    @documented(summary="Post the differences", body=PostBody, answer=CountAnswer)
    @action(detail=True, methods=["post"], url_path="post")
    def post_differences(self, request: Request, pk: str) -> Response:
        count, body = self.row(self.rows, pk), decode(request, PostBody)
        reasons = {product: reason for ref, reason in body.reasons.items() if (product := as_uuid(ref))}
        post_count(count, reasons=reasons, accepts_doubtful=body.accept_doubtful, actor=self.actor, at=timezone.now())
        return Response(self._again(count.pk))

    @documented(summary="Call a count off", answer=CountAnswer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        count = self.row(self.rows, pk)
        cancel_count(count, actor=self.actor, at=timezone.now())
        return Response(self._again(count.pk))

    def _again(self, pk: UUID) -> CountAnswer:
        return self.shown(self.rows.get(pk=pk))


def _difference(one: Tallied) -> DifferenceAnswer:
    return DifferenceAnswer(
        product=one.product,
        lot=one.lot,
        counted=one.seen.quantity,
        expected=one.verdict.expected,
        variance=one.verdict.variance,
        unit_cost=one.unit_cost,
        found=not one.is_missing,
        doubtful=is_doubtful(one),
    )


def _lots(body: ScanBatch) -> dict[tuple[UUID, str], UUID]:
    """The lots that scans name, by product and number. Raises NotFound."""
    named = {(one.product, one.lot) for one in body.scans if one.lot}
    rows = Lot.objects.filter(product__in=[product for product, _code in named], code__in=[code for _p, code in named])
    found = {(product, code): pk for pk, product, code in rows.values_list("pk", "product_id", "code")}
    if unknown := named - found.keys():
        raise NotFound(_("There is no lot “%s” of this product.") % next(iter(unknown))[1], field="lot")
    return found
