"""The field for an HSN, which proposes codes by figures or words while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.queries.hsn import FOR_PRODUCTS, find_hsn
from pantrypal.core.access import Permission
from pantrypal.core.admin import site
from pantrypal.core.http import OrgRequest

PROPOSED = 40


class HsnInput(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """Takes any code. `least_figures`: of those proposed."""

    least_figures = FOR_PRODUCTS

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        asked = f"{reverse('admin:hsn_options')}?least={self.least_figures}"
        told = {
            "list": "hsn-options",
            "autocomplete": "off",
            "hx-get": asked,
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": "#hsn-options",
            "hx-swap": "innerHTML",
        }
        field = super().render(name, value, (attrs or {}) | told, renderer)
        return format_html('{}<datalist id="hsn-options"></datalist>', field)


class HsnPrefixInput(HsnInput):
    """Proposes chapters too."""

    least_figures = 2


def options_of(request: OrgRequest) -> HttpResponse:
    """The options for what is typed; the browser shows those that it finds the words in."""
    least = FOR_PRODUCTS if request.GET.get("least") != "2" else 2
    found = find_hsn(request.GET.get("hsn", ""), least_figures=least)[:PROPOSED]
    options = [(row.code, " · ".join(filter(None, [str(row.code), row.name, row.description[:120]]))) for row in found]
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', options))


site.add_page(
    "catalog/hsn-options/", "hsn_options", options_of, title=_("HSN codes"), permission=Permission.CATALOG_VIEW
)
