"""Choosing the labels of products, and printing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget

from catalog.labels import SHEETS, LabelOrder, Style, labels_as_pdf
from catalog.labels.symbols import Symbol
from catalog.models import Product
from pantrypal.core.access import Permission
from pantrypal.core.admin import site
from pantrypal.core.http import OrgRequest
from pantrypal.core.queries import as_uuid

STYLES = (
    (Style.PACK, _("On the pack: name, price, MRP and code")),
    (Style.SHELF, _("On the shelf: large price, price per kg or l, MRP and code")),
    (Style.CODE, _("The code alone")),
)
SYMBOLS = ((Symbol.BARS, _("Bars: the EAN, or Code 128 where there is none")), (Symbol.QR, _("QR code")))


class LabelForm(forms.Form):
    style = forms.ChoiceField(label=_("Label"), choices=STYLES, widget=UnfoldAdminSelectWidget)
    sheet = forms.ChoiceField(
        label=_("Sheet"),
        choices=[(code, sheet.title) for code, sheet in SHEETS.items()],
        initial="a4-24",
        widget=UnfoldAdminSelectWidget,
    )
    symbol = forms.ChoiceField(label=_("Code"), choices=SYMBOLS, widget=UnfoldAdminSelectWidget)
    copies = forms.IntegerField(
        label=_("Of each"), initial=1, min_value=1, max_value=500, widget=UnfoldAdminIntegerFieldWidget
    )
    skip = forms.IntegerField(
        label=_("Begin after"),
        initial=0,
        min_value=0,
        max_value=100,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("So many labels of the first sheet are used up."),
    )
    ids = forms.CharField(widget=forms.HiddenInput)

    def order(self) -> LabelOrder:
        given = self.cleaned_data
        return LabelOrder(
            given["sheet"], Style(given["style"]), Symbol(given["symbol"]), given["copies"], given["skip"]
        )


def labels_page(request: OrgRequest) -> HttpResponse:
    """The form for the products of `?ids=`; with its own fields filled in, the PDF."""
    products = _chosen(request.GET.get("ids", ""))
    if not products:
        return redirect("admin:catalog_product_changelist")
    form = LabelForm(request.GET if "sheet" in request.GET else None, initial={"ids": request.GET.get("ids", "")})
    if form.is_bound and form.is_valid():
        pdf = labels_as_pdf(products, form.order(), org=request.org, at=timezone.now())
        headers = {"Content-Disposition": 'inline; filename="labels.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
    page: Any = site.page(request, "catalog/admin/labels.html", str(_("Print labels")), form=form, products=products)
    return page.render()  # type: ignore[no-any-return]


def _chosen(text: str) -> list[Product]:
    ids = [pk for word in text.split(",") if (pk := as_uuid(word))]
    found: dict[UUID, Product] = Product.objects.in_bulk(ids)
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


site.add_page(
    "catalog/labels/",
    "catalog_labels",
    labels_page,
    title=_("Print labels"),
    permission=Permission.CATALOG_VIEW,
)
