"""`exports`: the catalog as files that `imports` takes back unchanged."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Product
from catalog.operations.exports import CONTENT_TYPES, Format, export_products
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet

FILES = {f"products.{form}": form for form in Format}


class ExportAnswer(Answer):
    """A file that can be had at `url`."""

    id: str
    content_type: str
    url: str


class ExportViewSet(OrgViewSet):
    queryset = Product.objects.none()
    read_permission = Permission.CATALOG_VIEW

    @documented(summary="The files that can be had", answer=ExportAnswer, many=True)
    def list(self, request: Request) -> Response:
        files = [
            ExportAnswer(
                id=name, content_type=CONTENT_TYPES[form], url=request.build_absolute_uri(f"/api/v1/exports/{name}")
            )
            for name, form in FILES.items()
        ]
        return Response({"results": files, "next": None})

    @documented(summary="The file: products.csv or products.xlsx, every product with its barcodes and prices")
    def retrieve(self, request: Request, pk: str) -> FileResponse:
        if pk not in FILES:
            raise Http404
        form = FILES[pk]
        file = export_products(form, org=self.org, actor=self.actor, at=timezone.now())
        return FileResponse(file, as_attachment=True, filename=pk, content_type=CONTENT_TYPES[form])
