"""Products, with their barcodes and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import action, display, register
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, BooleanRadioFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin.hsn_input import HsnInput
from catalog.admin.pictures import PictureFields, picture_of, tiles
from catalog.models import Barcode, BundlePart, Product
from catalog.operations.barcodes import BarcodeInput, kept_code
from catalog.operations.bundles import PartInput
from catalog.operations.products import archive_products, restore_products, save_product
from catalog.operations.till_grid import put_on_grid, take_off_grid
from catalog.queries import find_products
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, PageColumn, site
from pantrypal.core.admin.filters import ArchivedFilter, ChoiceFilter
from pantrypal.core.admin.forms import RefusableForm, rows_of
from pantrypal.core.errors import Invalid
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import money

# The list's filter, as the search takes it.
STATES: dict[str | None, bool | None] = {"archived": True, "all": None}


PICTURE = (("picture", "picture_url"), "remove_picture")


class BarcodeForm(forms.ModelForm[Barcode]):
    """Shows and takes a code as it is printed."""

    class Meta:
        model = Barcode
        fields = ("kind", "code", "quantity", "price")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["code"] = self.instance.shown

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            kept_code(values.get("code", ""), values.get("kind", ""))
        except Invalid as refusal:
            raise ValidationError({"code": refusal.message}) from refusal
        return values


class BarcodeInline(OrgInline):
    model = Barcode
    form = BarcodeForm
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT


class BundlePartInline(OrgInline):
    model = BundlePart
    fk_name = "bundle"
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    fields = ("part", "quantity")
    autocomplete_fields = ("part",)


def _name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False, widget=UnfoldAdminTextInputWidget)


# Besides the name that stands first on till and paper.
NAMED_IN = ("hi", "ta", "te", "kn")


class ProductForm(PictureFields, RefusableForm):
    instance: Product

    class Meta:
        widgets = {"hsn": HsnInput}

    name_hi = _name(_("Hindi name"))
    name_ta = _name(_("Tamil name"))
    name_te = _name(_("Telugu name"))
    name_kn = _name(_("Kannada name"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in NAMED_IN:
            if f"name_{language}" in self.fields:
                self.initial[f"name_{language}"] = self.instance.names.get(language, "")
        if self.instance.price_is_missing:
            self.initial["price"] = None

    def names(self) -> dict[str, str]:
        """In other languages; whatever the form does not ask for stays."""
        given = {language: self.cleaned_data[f"name_{language}"].strip() for language in NAMED_IN}
        return {language: name for language, name in (self.instance.names | given).items() if name}


class PriceFilter(ChoiceFilter):
    title = _("price")
    parameter_name = "price"

    def options(self, request: Any) -> list[tuple[str, Any]]:
        return [("missing", _("No price yet")), ("known", _("With a price"))]

    def narrow(self, request: Any, rows: Any, value: str) -> Any:
        return rows.filter(price_is_missing=value == "missing")


def _prices(request: OrgRequest, rows: Sequence[Any]) -> Mapping[Any, Any]:
    return {row.pk: no_price() if row.price_is_missing else money(row.price, request.org.currency) for row in rows}


def no_price() -> SafeString:
    return format_html('<span class="pp-quiet">{}</span>', _("no price yet"))


@register(Product, site=site)
class ProductAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    menu = Menu("catalog", 10, "grocery")
    form = ProductForm
    page_columns = (
        PageColumn("tile", "", tiles),
        PageColumn("shown_price", _("price"), _prices, is_figure=True, ordering="price"),
    )
    list_display = (page_columns[0], "name", "sku", "category", "brand", page_columns[1], "mrp")
    list_select_related = ("category", "brand")
    list_filter = (
        ("category", RelatedDropdownFilter),
        ("brand", AutocompleteSelectFilter),
        ("tax_class", RelatedDropdownFilter),
        ("is_bundle", BooleanRadioFilter),
        PriceFilter,
        ArchivedFilter,
    )
    search_fields = ("name",)
    search_help_text = _("Any word of the name in any language, brand, SKU or barcode")
    ordering = ("name",)
    sortable_by = ("name", "sku", page_columns[1], "mrp")
    autocomplete_fields = ("category", "brand")
    inlines = (BarcodeInline, BundlePartInline)
    actions = ("print_labels", "put_on_grid", "take_off_grid", "archive", "restore")
    fieldsets = (
        (None, {"fields": (("name", "sku"), ("brand", "category"), ("description",))}),
        (_("Names in other languages"), {"fields": (("name_hi", "name_kn"), ("name_ta", "name_te"))}),
        (_("Price and tax"), {"fields": (("price", "mrp"), ("tax_class", "hsn"), ("cost",))}),
        (
            _("How it is sold"),
            {"fields": (("unit", "sold_by"), ("tracks_stock", "tracks_lots"), ("age_limit", "till_position"))},
        ),
    )

    def get_readonly_fields(self, request: OrgRequest, obj: Product | None = None) -> Any:
        """Who may edit products and not prices gives a new one its price, and leaves it from then on."""
        fixed = obj is not None and not request.actor.may(Permission.PRICE_EDIT)
        return self.written(["shown_picture", *(["price", "mrp"] if fixed else [])], request)

    def get_fieldsets(self, request: OrgRequest, obj: Product | None = None) -> Any:
        pictures = (_("Picture"), {"fields": ["shown_picture", *([] if self.reads_only(request, obj) else PICTURE)]})
        return [*super().get_fieldsets(request, obj), pictures]

    def reads_only(self, request: OrgRequest, obj: Product | None) -> bool:
        return not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request))

    @display(description=_("picture"))
    def shown_picture(self, row: Product) -> Any:
        return picture_of(row)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Product], search_term: str
    ) -> tuple[QuerySet[Product], bool]:
        """Best first, unless a column was chosen to sort by."""
        if not search_term.strip():
            return queryset, False
        found = find_products(queryset, search_term, archived=STATES.get(request.GET.get("state"), False))
        return (found.order_by(*queryset.query.order_by) if "o" in request.GET else found), False

    def operate(self, request: OrgRequest, row: Product, form: Any, formsets: list[Any]) -> Product:
        if "price" in form.cleaned_data:
            row.put_price(form.cleaned_data["price"])
        row.names = form.names()
        barcodes = [
            BarcodeInput(given["code"], given["kind"], given["quantity"], given["price"])
            for given in rows_of(formsets[0])
        ]
        parts = [PartInput(given["part"].pk, given["quantity"]) for given in rows_of(formsets[1])]
        product = save_product(row, org=request.org, barcodes=barcodes, parts=parts, **self.by(request))
        form.save_picture(product, **self.by(request))
        return product

    @action(description=_("Print labels"), permissions=["view"])
    def print_labels(self, request: OrgRequest, products: QuerySet[Product]) -> HttpResponse:
        ids = ",".join(str(pk) for pk in products.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse('admin:catalog_labels')}?ids={ids}")

    @action(description=_("Put on the till's grid"), permissions=["change"])
    def put_on_grid(self, request: OrgRequest, products: QuerySet[Product]) -> None:
        done = put_on_grid(products.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s product is new on the till's grid.", "%s products are new on the till's grid.", done)
        self.message_user(request, said % done, messages.SUCCESS)

    @action(description=_("Take off the till's grid"), permissions=["change"])
    def take_off_grid(self, request: OrgRequest, products: QuerySet[Product]) -> None:
        done = take_off_grid(products.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s product is off the till's grid.", "%s products are off the till's grid.", done)
        self.message_user(request, said % done, messages.SUCCESS)

    @action(description=_("Archive: take out of sale"), permissions=["change"])
    def archive(self, request: OrgRequest, products: QuerySet[Product]) -> None:
        done = archive_products(products.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s product is archived: no longer sold.", "%s products are archived: no longer sold.", done)
        self.message_user(request, said % done, messages.SUCCESS)

    @action(description=_("Restore: put back into sale"), permissions=["change"])
    def restore(self, request: OrgRequest, products: QuerySet[Product]) -> None:
        done = restore_products(products.values_list("pk", flat=True), **self.by(request))
        said = ngettext("%s product is in sale again.", "%s products are in sale again.", done)
        self.message_user(request, said % done, messages.SUCCESS)
