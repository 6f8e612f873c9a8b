"""A product that nobody has entered yet, made at the till by whoever may, and sold at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from billing.forms.fields import understood
from billing.forms.quick_add import QuickAddForm
from billing.operations.carts import add_to_cart
from billing.typed import Typed
from billing.views.at_till import Till, at_till
from billing.views.cart_page import cart_answer
from catalog.models import Barcode, Product, TaxClass
from catalog.operations.barcodes import BarcodeInput
from catalog.operations.products import save_product
from pantrypal.core.http import OrgRequest


@at_till
def quick_add(request: OrgRequest, till: Till) -> HttpResponse:
    """Sold without looking at the stock until it is received or counted for the first time."""
    if request.method != "POST":
        context = {"till": till, "code": request.GET.get("code", ""), "tax_classes": TaxClass.objects.order_by("name")}
        return render(request, "billing/_quick_add.html", context)
    form = understood(QuickAddForm(request.POST))
    asked = form.cleaned_data
    product = Product(sku=asked["code"][:40], tracks_stock=False, **form.product_values())
    code = BarcodeInput(asked["code"], Barcode.Kind.GTIN if form.is_gtin else Barcode.Kind.IN_HOUSE)
    at = timezone.now()
    save_product(product, org=till.store.org, barcodes=[code], actor=till.actor, at=at)
    touched = add_to_cart(Typed(asked["code"]), register=till.register, store=till.store, actor=till.actor, at=at)
    return cart_answer(request, till, touched.line, must_price=True)
