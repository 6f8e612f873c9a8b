"""Receiving goods on a phone: choose the order, scan, see what it costs, post. Every answer is a whole page again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Product
from inventory.forms.receiving import BeginForm, CostForm, PostForm, ScanForm, first_sentence
from inventory.models import GoodsReceipt, OpenDelivery
from inventory.operations.receiving import (
    add_goods,
    begin_delivery,
    drop_delivery,
    note_papers,
    post_delivery,
    scan_goods,
    set_cost,
    take_back_scan,
)
from inventory.queries.purchasing import find_order, find_supplier
from inventory.queries.receiving import awaited_orders, open_deliveries, suppliers_to_choose, view_of
from inventory.refusals import CostChanged, DateNeeded
from inventory.scanned_goods import GoodsScan
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.camera import reads_codes
from pantrypal.core.errors import DomainError, Invalid
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store
from pantrypal.core.queries import as_uuid


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """An open delivery, and the store whose door it came to."""

    pk: UUID
    store: Store


Step = Callable[[OrgRequest, AtTheDoor], HttpResponse]


def step(view: Step) -> Callable[..., HttpResponse]:
    """A step of an open delivery; what is refused is said on its page."""

    @require_POST
    @wraps(view)
    def wrapped(request: OrgRequest, pk: UUID) -> HttpResponse:
        stores = _stores(request)
        delivery = OpenDelivery.objects.filter(pk=pk, store_id__in=list(stores)).first()
        if delivery is None:
            return redirect("receive-done", pk)
        try:
            return view(request, AtTheDoor(pk, stores[delivery.store_id]))
        except CostChanged:
            return redirect(f"{_page(pk)}?ask=costs")
        except DateNeeded as refusal:
            asked = {key: str(refusal.data[key]) for key in ("product", "quantity")}
            return redirect(f"{_page(pk)}?ask=date&product={asked['product']}&quantity={asked['quantity']}")
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("receive-delivery", pk)

    return wrapped


@require_GET
def choose(request: OrgRequest) -> HttpResponse:
    """What may come through the door."""
    stores = _stores(request)
    context = {
        "orders": [(order, stores[order.store_id]) for order in awaited_orders(list(stores))],
        "open": [(delivery, stores[delivery.store_id]) for delivery in open_deliveries(list(stores))],
        "suppliers": suppliers_to_choose(),
        "stores": list(stores.values()),
    }
    return render(request, "inventory/receive.html", context)


@require_POST
def begin(request: OrgRequest) -> HttpResponse:
    form, stores = BeginForm(request.POST), _stores(request)
    if not form.is_valid() or not (form.cleaned_data["order"] or form.cleaned_data["supplier"]):
        messages.error(request, _("Please choose an order or a supplier."))
        return redirect("receive")
    order = find_order(form.cleaned_data["order"]) if form.cleaned_data["order"] else None
    supplier = order.supplier if order else find_supplier(form.cleaned_data["supplier"])
    store = stores.get(order.store_id if order else form.cleaned_data["store"] or next(iter(stores)))
    if store is None:
        raise Invalid(_("You do not work in this store."))
    delivery = begin_delivery(store=store, supplier=supplier, order=order, actor=request.actor, at=timezone.now())
    return redirect("receive-delivery", delivery.pk)


@reads_codes
@require_GET
def delivery_page(request: OrgRequest, pk: UUID) -> HttpResponse:
    stores = _stores(request)
    deliveries = OpenDelivery.objects.select_related("supplier", "order").filter(store_id__in=list(stores))
    delivery = deliveries.filter(pk=pk).first()
    if delivery is None:
        return redirect("receive-done", pk)
    store = stores[delivery.store_id]
    view = view_of(delivery, today=store.document_date(timezone.now()))
    product = as_uuid(request.GET.get("product", ""))
    context = {
        "view": view,
        "store": store,
        "currency": store.org.currency,
        "ask": request.GET.get("ask", ""),
        "asked": Product.objects.filter(pk=product).first() if product else None,
        "quantity": request.GET.get("quantity", "1"),
    }
    return render(request, "inventory/receiving.html", context)


@step
def scan(request: OrgRequest, door: AtTheDoor) -> HttpResponse:
    asked = _understood(ScanForm(request.POST))
    if asked["product"]:
        goods = GoodsScan(asked["product"], asked["quantity"], asked["lot"].strip(), asked["expires_on"])
        add_goods(door.pk, goods, store=door.store, actor=request.actor)
    else:
        scan_goods(
            door.pk,
            asked["code"].strip(),
            store=door.store,
            quantity=asked["quantity"],
            expires_on=asked["expires_on"],
            actor=request.actor,
            at=timezone.now(),
        )
    return redirect("receive-delivery", door.pk)


@step
def undo(request: OrgRequest, door: AtTheDoor) -> HttpResponse:
    if not take_back_scan(door.pk, store=door.store, actor=request.actor):
        messages.error(request, _("Nothing has been scanned yet."))
    return redirect("receive-delivery", door.pk)


@step
def cost(request: OrgRequest, door: AtTheDoor) -> HttpResponse:
    asked = _understood(CostForm(request.POST))
    set_cost(door.pk, asked["product"], asked["cost"], store=door.store, actor=request.actor)
    return redirect("receive-delivery", door.pk)


@step
def post(request: OrgRequest, door: AtTheDoor) -> HttpResponse:
    asked, by = _understood(PostForm(request.POST)), request.actor
    papers = {"delivery_note": asked["delivery_note"], "freight": asked["freight"]}
    note_papers(door.pk, **papers, store=door.store, actor=by)
    post_delivery(door.pk, store=door.store, accepts_costs=asked["accepts_costs"], actor=by, at=timezone.now())
    return redirect("receive-done", door.pk)


@step
def drop(request: OrgRequest, door: AtTheDoor) -> HttpResponse:
    drop_delivery(door.pk, store=door.store, actor=request.actor)
    messages.success(request, _("Forgotten: nothing has come into stock."))
    return redirect("receive")


@require_GET
def done(request: OrgRequest, pk: UUID) -> HttpResponse:
    """What has come into stock, what is missing and what was too much."""
    stores = _stores(request)
    receipts = GoodsReceipt.objects.select_related("supplier", "order").filter(store_id__in=list(stores))
    receipt = get_object_or_404(receipts, pk=pk)
    lines = list(receipt.lines.select_related("product", "lot"))
    context = {
        "receipt": receipt,
        "lines": lines,
        "labels": ",".join(str(line.product_id) for line in lines),
        "store": stores[receipt.store_id],
        "missing": [line for line in receipt.order.lines.select_related("product") if line.outstanding]
        if receipt.order
        else [],
    }
    return render(request, "inventory/received.html", context)


def _stores(request: OrgRequest) -> dict[UUID, Store]:
    """Those in which this person receives goods."""
    require(request.actor, Permission.STOCK_EDIT)
    stores = Store.objects.select_related("org").filter(archived_at=None).order_by("code")
    return {store.pk: store for store in stores if request.actor.may(Permission.STOCK_EDIT, store.pk)}


def _understood(form: Any) -> dict[str, Any]:
    if form.is_valid():
        return dict(form.cleaned_data)
    raise Invalid(first_sentence(form))


def _page(pk: UUID) -> str:
    return redirect("receive-delivery", pk)["Location"]
