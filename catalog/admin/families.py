"""Families of variants, and the products in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import display, register
from django.utils.translation import gettext_lazy as _

from catalog.models import Family, Product
from catalog.operations.families import make_variants, save_family
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, OrgAdmin, OrgInline, site
from pantrypal.core.admin.forms import RefusableForm
from pantrypal.core.http import OrgRequest


class FamilyForm(RefusableForm):
    values = forms.CharField(
        label=_("Make variants"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line for each thing they differ in, such as “Size: S, M, L”. What exists stays as it is."),
    )
    like_sku = forms.CharField(
        label=_("like the product with the SKU"),
        required=False,
        help_text=_("Its price, tax, category and unit go over to the new ones."),
    )
    like: Product | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        sku = given.get("like_sku", "").strip()
        self.like = Product.objects.filter(sku=sku).first() if sku else None
        if sku and self.like is None:
            self.add_error("like_sku", _("There is no product with this SKU."))
        if given.get("values", "").strip() and not sku:
            self.add_error("like_sku", _("Say which product the new ones are to be like."))
        return given

    def axes(self) -> dict[str, list[str]]:
        """ "Size: S, M" as {"Size": ["S", "M"]}."""
        lines = [line.partition(":") for line in self.cleaned_data["values"].splitlines() if line.strip()]
        return {
            name.strip(): list(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
            for name, _colon, words in lines
        }


class VariantInline(OrgInline):
    model = Product
    verbose_name_plural = _("variants")
    view_permission = Permission.CATALOG_VIEW
    fields = ("name", "chosen", "sku", "price")
    readonly_fields = ("chosen",)
    show_change_link = True

    @display(description=_("variant"))
    def chosen(self, row: Product) -> str:
        return ", ".join(f"{name} {value}" for name, value in row.options.items())


@register(Family, site=site)
class FamilyAdmin(OrgAdmin):
    view_permission = Permission.CATALOG_VIEW
    change_permission = Permission.CATALOG_EDIT
    menu = Menu("catalog", 15, "style")
    form = FamilyForm
    empty_hint = _("A family holds one thing in several sizes, colours or flavours, each with its own code and price.")
    list_display = ("name", "differs_in")
    search_fields = ("name",)
    fields = ("name", ("values", "like_sku"))
    inlines = (VariantInline,)

    @display(description=_("differ in"))
    def differs_in(self, row: Family) -> str:
        return ", ".join(row.axes)

    def operate(self, request: OrgRequest, row: Family, form: FamilyForm, formsets: list[Any]) -> Family:
        family = save_family(row, **self.by(request))
        if form.like is not None:
            make_variants(family, like=form.like, values=form.axes(), org=request.org, **self.by(request))
        return family
