"""A page to try promotions on a cart before customers do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from catalog.queries import Sellable, sellable_by_code, try_promotions
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.clock import shop_clock
from pantrypal.core.admin.forms import store_field
from pantrypal.core.admin.scope import stores_of
from pantrypal.core.http import OrgRequest

MOST_LINES = 200
MOST = Decimal(100_000)


class TrialForm(forms.Form):
    goods = forms.CharField(
        label=_("Goods"),
        max_length=10_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6, "autofocus": True}),
        help_text=_("A barcode, PLU or SKU in each line, then how many: SOAP-1 3"),
    )
    when = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
        help_text=_("Empty: now. By the clock of the shop."),
    )
    coupons = forms.CharField(
        label=_("Coupons"),
        max_length=400,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("With blanks between."),
    )

    def __init__(self, request: OrgRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"] = store_field(request)
        self.order_fields(["goods", "store", "when", "coupons"])

    def clean_goods(self) -> list[tuple[Sellable, Decimal]]:
        asked = [_asked(line) for line in self.cleaned_data["goods"].splitlines() if line.strip()]
        if len(asked) > MOST_LINES:
            raise ValidationError(_("At most %s lines.") % MOST_LINES)
        found = sellable_by_code([code for code, _quantity in asked])
        unknown = [code for code, _quantity in asked if code not in found]
        if unknown:
            raise ValidationError(_("There is no product “%s”.") % unknown[0])
        return [(found[code], quantity) for code, quantity in asked]


def _asked(line: str) -> tuple[str, Decimal]:
    code, *rest = line.split()
    try:
        quantity = Decimal(rest[0] if rest else 1)
    except InvalidOperation:
        quantity = Decimal(0)
    if len(rest) > 1 or not quantity.is_finite() or not 0 < quantity <= MOST or quantity != round(quantity, 3):
        raise ValidationError(_("“%s” is not a code and how many.") % line)
    return code, quantity


def trial_page(request: OrgRequest) -> HttpResponse:
    with shop_clock(request):
        form = TrialForm(request, request.GET or None)
        trial = _trial(request, form.cleaned_data) if form.is_bound and form.is_valid() else None
        answer = site.page(
            request,
            "catalog/admin/try_promotions.html",
            str(_("Try promotions")),
            form=form,
            trial=trial,
            currency=request.org.currency,
        )
        return answer.render()


def _trial(request: OrgRequest, values: dict[str, Any]) -> Any:
    goods: Sequence[tuple[Sellable, Decimal]] = values["goods"]
    store = stores_of(request)[values["store"]]
    return try_promotions(goods, store=store, at=values["when"] or timezone.now(), coupons=values["coupons"].split())


site.add_page(
    "catalog/try-promotions/",
    "try_promotions",
    trial_page,
    title=_("Try promotions"),
    permission=Permission.CATALOG_VIEW,
    menu=Menu("catalog", 44, "shopping_cart_checkout"),
)
