"""Counting with a phone: scan, key in how many, take back. What the books say is not shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Product
from inventory.models import CountScan, StockCount
from inventory.operations.stock_counts import Scan, open_count, record_scan, undo_scan
from inventory.queries.counting_progress import last_scan, progress_of
from inventory.refusals import NothingToUndo
from inventory.views.at_store import at_store, go
from inventory.views.scanning import SeveralFound, read_code, read_number
from pantrypal.core.access import Permission
from pantrypal.core.camera import reads_codes
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid
from pantrypal.tenancy.ids import uuid7


@require_POST
@at_store(Permission.STOCK_EDIT)
def begin(request: OrgRequest, store: Store) -> HttpResponse:
    """A count of whatever will be scanned."""
    count = open_count(StockCount(), store=store, actor=request.actor, at=timezone.now())
    return go(request, "stock-count", store.code, count.pk)


@reads_codes
@require_GET
@at_store(Permission.STOCK_COUNT)
def page(request: OrgRequest, store: Store, count_id: UUID) -> HttpResponse:
    return render(request, "inventory/phone/count.html", _context(request, store, _count(store, count_id)))


@require_POST
@at_store(Permission.STOCK_COUNT)
def work(request: OrgRequest, store: Store, count_id: UUID) -> HttpResponse:
    """One of the three buttons, or a scan; answers with the part of the page that changes."""
    count = _count(store, count_id)
    said: dict[str, Any] = {}
    try:
        with transaction.atomic():
            ACTIONS.get(request.POST.get("do", "scan"), _scan)(request, store, count)
    except SeveralFound as several:
        said = {"found": several.found, "notice": several.message}
    except DomainError as refusal:
        said = {"notice": refusal.message, "is_refusal": True}
    context = _context(request, store, count) | said
    return render(request, "inventory/phone/_count_work.html", context, status=422 if said else 200)


def _scan(request: OrgRequest, store: Store, count: StockCount) -> None:
    goods = read_code(request.POST.get("code", ""), store)
    asked = as_uuid(request.POST.get("scan", ""))  # the same form sent twice is one scan
    scan = Scan(asked or uuid7(), goods.item.id, goods.quantity, goods.lot)
    record_scan(count, scan, actor=request.actor, at=timezone.now())


def _one_more(request: OrgRequest, store: Store, count: StockCount) -> None:
    last = _last(request, count)
    record_scan(count, Scan(uuid7(), last.product_id, _one(), last.lot_id), actor=request.actor, at=timezone.now())


def _as_many(request: OrgRequest, store: Store, count: StockCount) -> None:
    """In place of the last scan: so many stand here."""
    number = read_number(request.POST.get("number", ""))
    last = _last(request, count)
    undo_scan(count, last.pk, undo_id=uuid7(), actor=request.actor, at=timezone.now())
    record_scan(count, Scan(uuid7(), last.product_id, number, last.lot_id), actor=request.actor, at=timezone.now())


def _undo(request: OrgRequest, store: Store, count: StockCount) -> None:
    undo_scan(count, _last(request, count).pk, undo_id=uuid7(), actor=request.actor, at=timezone.now())


ACTIONS = {"scan": _scan, "more": _one_more, "number": _as_many, "undo": _undo}


def _last(request: OrgRequest, count: StockCount) -> CountScan:
    last = last_scan(count, request.actor.label)
    if last is None:
        raise NothingToUndo(_("Nothing has been scanned yet."))
    return last


def _one() -> Any:
    return read_number("1")


def _count(store: Store, count_id: UUID) -> StockCount:
    count = StockCount.objects.filter(pk=count_id, store_id=store.pk).first()
    if count is None:
        raise Http404
    return count


def _context(request: OrgRequest, store: Store, count: StockCount) -> dict[str, Any]:
    last = last_scan(count, request.actor.label)
    progress = progress_of(count)
    return {
        "store": store,
        "count": count,
        "last": last,
        "here": progress.of_product(last.product_id, last.lot_id) if last else None,
        "progress": progress,
        "again": Product.objects.filter(pk__in=progress.again).order_by("name"),
        "next_scan": uuid7(),
    }
