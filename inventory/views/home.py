"""Where staff with a phone begin."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from inventory.models import StockCount, Transfer
from inventory.views.at_store import at_store
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store


@require_GET
def choose_store(request: OrgRequest) -> HttpResponse:
    """Straight to the one store, where there is only one."""
    require(request.actor, Permission.STOCK_COUNT)
    stores = Store.objects.filter(archived_at=None).order_by("code")
    covered = [store for store in stores if request.actor.may(Permission.STOCK_COUNT, store.pk)]
    if len(covered) == 1:
        return redirect("stock-home", covered[0].code)
    return render(request, "inventory/phone/stores.html", {"stores": covered})


@require_GET
@at_store(Permission.STOCK_COUNT)
def home(request: OrgRequest, store: Store) -> HttpResponse:
    """What is to be done in this store today."""
    context = {
        "store": store,
        "counts": StockCount.objects.filter(store_id=store.pk, status=StockCount.Status.OPEN).order_by("-id"),
        "to_send": Transfer.objects.filter(store_id=store.pk, status=Transfer.Status.REQUESTED).order_by("id"),
        "to_receive": Transfer.objects.filter(to_store_id=store.pk, status=Transfer.Status.SENT).order_by("id"),
        "asked": Transfer.objects.filter(to_store_id=store.pk, status=Transfer.Status.REQUESTED).order_by("id"),
        "stores": dict(Store.objects.filter(archived_at=None).values_list("pk", "name")),
        "may_edit": request.actor.may(Permission.STOCK_EDIT, store.pk),
    }
    return render(request, "inventory/phone/home.html", context)
