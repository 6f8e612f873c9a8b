"""A page to have codes for one use each made for a promotion, and to take them along."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.models import Coupon, Promotion
from catalog.operations.coupons import MOST_AT_ONCE, make_coupons
from catalog.operations.exports import CONTENT_TYPES, Format
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest
from pantrypal.core.queries import as_uuid
from pantrypal.core.tables.writing import write_csv

PROMOTIONS = Promotion.objects.filter(archived_at__isnull=True, needs_coupon=True)


class CouponsForm(forms.Form):
    promotion = forms.ModelChoiceField(
        PROMOTIONS,
        label=_("Promotion"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("Those that need a coupon."),
    )
    count = forms.IntegerField(
        label=_("How many codes"),
        initial=100,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)],
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("Each can be used once."),
    )
    begins = forms.RegexField(
        r"^[A-Za-z0-9-]*$",
        label=_("They begin with"),
        required=False,
        max_length=15,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("DIWALI makes codes such as DIWALI-7KQ2M9XA."),
    )


def coupons_page(request: OrgRequest) -> HttpResponse:
    """Made here by whoever sets prices; everybody else who comes here sees how many are used."""
    form = CouponsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _make(request, form.cleaned_data)
        except DomainError as refusal:
            form.add_error("begins", refusal.message)
    context = {
        "form": form,
        "counted": _counted(),
        "may_make": request.actor.may(Permission.PRICE_EDIT),
        "has_promotions": PROMOTIONS.all().exists(),
    }
    return site.page(request, "catalog/admin/coupons.html", str(_("One-use coupons")), **context)


def _make(request: OrgRequest, given: dict[str, Any]) -> HttpResponse:
    by: dict[str, Any] = {"actor": request.actor, "at": timezone.now()}
    made = len(make_coupons(given["promotion"], count=given["count"], prefix=given["begins"], **by))
    said = ngettext("%s code is made. It can be downloaded below.", "%s codes are made, to be downloaded below.", made)
    messages.success(request, said % made)
    return HttpResponseRedirect(reverse("admin:make_coupons"))


def _counted() -> list[dict[str, Any]]:
    """How many codes of each promotion are made and used, the newest promotion first."""
    codes = Coupon.objects.filter(most_uses=1).values_list("promotion", "promotion__name")
    rows = codes.annotate(made=Count("pk"), given=Count("pk", Q(used__gt=0))).order_by("-promotion")
    return [
        {"promotion": pk, "name": name, "made": made, "used": used, "left": made - used}
        for pk, name, made, used in rows
    ]


def coupons_file(request: OrgRequest) -> HttpResponse:
    """The codes of a promotion that are not used yet, as CSV for a printer or a mailing."""
    pk = as_uuid(request.GET.get("promotion", ""))
    promotion = Promotion.objects.filter(pk=pk).first() if pk else None
    if promotion is None:
        raise Http404
    codes = Coupon.objects.filter(promotion=promotion, most_uses=1, used=0).order_by("code")
    file = io.BytesIO()
    header = [str(_("Code")), str(_("Promotion"))]
    write_csv(file, header, ([code, promotion.name] for code in codes.values_list("code", flat=True)))
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename="coupons.csv")}
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPES[Format.CSV], headers=headers)


site.add_page(
    "catalog/coupons/",
    "make_coupons",
    coupons_page,
    title=_("One-use coupons"),
    permission=Permission.CATALOG_VIEW,
    menu=Menu("catalog", 45, "local_activity"),
)
site.add_page(
    "catalog/coupons.csv", "coupons_file", coupons_file, title=_("One-use coupons"), permission=Permission.PRICE_EDIT
)
