"""A page to change many prices by one rule, after looking at what it does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.models import Brand, Category, PriceList
from catalog.operations.repricing import Selection, change_prices, preview_prices
from catalog.repricing import Direction, PriceRule
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.clock import shop_clock
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest

SHOWN = 500
DIRECTIONS = [(Direction.NEAREST, _("nearest")), (Direction.UP, _("up")), (Direction.DOWN, _("down"))]


def _figure(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=3,
        help_text=help_text,
        widget=UnfoldAdminDecimalFieldWidget,
    )


class RepriceForm(forms.Form):
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, widget=UnfoldAdminSelectWidget
    )
    brand = forms.ModelChoiceField(
        Brand.objects.all(), label=_("Brand"), required=False, widget=UnfoldAdminSelectWidget
    )
    percent = _figure(_("Percent more"), _("Below zero: less."))
    amount = _figure(_("Amount more"), _("Below zero: less."))
    step = _figure(_("Round to a multiple of"), _("Empty: no rounding."))
    ending = _figure(_("and take off"), _("A multiple of 10 and 1 off: 49, 59, 69."))
    direction = forms.ChoiceField(
        label=_("Rounded"), choices=DIRECTIONS, required=False, widget=UnfoldAdminSelectWidget
    )
    store = forms.TypedChoiceField(
        label=_("In the store"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Empty: everywhere, but for stores with a price of their own."),
    )
    price_list = forms.ModelChoiceField(
        PriceList.objects.filter(archived_at__isnull=True),
        label=_("Into the price list"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Empty: the products' own prices."),
    )
    valid_from = forms.DateTimeField(
        label=_("From when on"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
        help_text=_("Empty: now."),
    )

    def __init__(self, request: OrgRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stores = [(str(pk), store.name) for pk, store in stores_of(request).items() if store.archived_at is None]
        self.fields["store"].choices = [("", _("everywhere")), *stores]  # type: ignore[attr-defined]

    def rule(self) -> PriceRule:
        given = self.cleaned_data
        figures = {name: given[name] for name in ("percent", "amount", "step", "ending") if given[name]}
        return PriceRule(**figures, direction=Direction(given["direction"] or Direction.NEAREST))

    def selection(self) -> Selection:
        return Selection(self.cleaned_data["category"], self.cleaned_data["brand"])

    def clean_step(self) -> Any:
        step = self.cleaned_data["step"]
        if step is not None and step < 0:
            raise forms.ValidationError(_("Not below zero."))
        return step


def reprice_page(request: OrgRequest) -> HttpResponse:
    with shop_clock(request):
        form = RepriceForm(request, request.POST or request.GET or None)
        rows: list[Any] | None = None
        if form.is_bound and form.is_valid():
            try:
                if request.method == "POST":
                    return _change(request, form)
                store = form.cleaned_data["store"]
                rows = preview_prices(form.selection(), form.rule(), store=store, org=request.org, at=timezone.now())
            except DomainError as refusal:
                form.add_error(None, refusal.message)
        context = {"form": form, "rows": rows and rows[:SHOWN], "count": len(rows or ()), "is_tried": rows is not None}
        title = str(_("Change many prices"))
        answer = site.page(
            request, "catalog/admin/reprice.html", title, currency=request.org.currency, shown=SHOWN, **context
        )
        return answer.render()


def _change(request: OrgRequest, form: RepriceForm) -> HttpResponse:
    given = form.cleaned_data
    done = change_prices(
        form.selection(),
        form.rule(),
        valid_from=given["valid_from"],
        price_list=given["price_list"],
        store=given["store"],
        org=request.org,
        actor=request.actor,
        at=timezone.now(),
    )
    said = ngettext("%s price is changed.", "%s prices are changed.", len(done)) % len(done)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:catalog_price_changelist"))


site.add_page(
    "catalog/change-prices/",
    "change_prices",
    reprice_page,
    title=_("Change many prices"),
    permission=Permission.PRICE_EDIT,
    menu=Menu("catalog", 37, "price_check"),
)
