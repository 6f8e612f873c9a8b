"""A page to put many products into another tax class, after looking at which."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.admin.hsn_input import HsnPrefixInput
from catalog.models import TaxClass
from catalog.operations.reclassing import HsnRule, change_classes, preview_classes
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest

SHOWN = 500


class ReclassForm(forms.Form):
    hsn = forms.CharField(
        label=_("HSN begins with"),
        max_length=8,
        widget=HsnPrefixInput(),
        help_text=_("2 to 8 figures, or type what the goods are: 1905 for bread, biscuits and cakes."),
    )
    within = forms.ModelChoiceField(
        TaxClass.objects.all(),
        label=_("Only those of"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Empty: of any class."),
    )
    to = forms.ModelChoiceField(TaxClass.objects.all(), label=_("New tax class"), widget=UnfoldAdminSelectWidget)

    def rule(self) -> HsnRule:
        given = self.cleaned_data
        return HsnRule(given["hsn"].strip(), given["to"], given["within"])


def reclass_page(request: OrgRequest) -> HttpResponse:
    form = ReclassForm(request.POST or request.GET or None)
    rows = None
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                return _change(request, form.rule())
            rows = preview_classes(form.rule())
        except DomainError as refusal:
            form.add_error("hsn", refusal.message)
    context = {"form": form, "rows": rows and rows[:SHOWN], "count": len(rows or ()), "is_tried": rows is not None}
    return site.page(request, "catalog/admin/reclass.html", str(_("Change tax by HSN")), shown=SHOWN, **context)


def _change(request: OrgRequest, rule: HsnRule) -> HttpResponse:
    done = len(change_classes(rule, actor=request.actor, at=timezone.now()))
    said = ngettext("%s product has another tax class.", "%s products have another tax class.", done) % done
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:catalog_taxclass_changelist"))


site.add_page(
    "catalog/change-taxes/",
    "change_taxes",
    reclass_page,
    title=_("Change tax by HSN"),
    permission=Permission.ORG_EDIT,
    menu=Menu("catalog", 41, "rule_settings"),
)
