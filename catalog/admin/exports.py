"""The catalog as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.operations.exports import CONTENT_TYPES, Format, export_products
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.http import OrgRequest


def export_page(request: OrgRequest) -> HttpResponse:
    asked = request.POST.get("format")
    if request.method != "POST" or asked not in tuple(Format):
        return site.page(request, "catalog/admin/export.html", _("Take products along"))
    form, now = Format(asked), timezone.now()
    name = f"products-{request.org.slug}-{now:%Y-%m-%d}.{form}"
    with export_products(form, org=request.org, actor=request.actor, at=now) as file:
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(file.read(), content_type=CONTENT_TYPES[form], headers=headers)


site.add_page(
    "catalog/export/",
    "catalog_export",
    export_page,
    title=gettext_lazy("Export"),
    permission=Permission.CATALOG_VIEW,
    menu=Menu("catalog", 74, "download"),
)
