"""`hsn`: the codes of the GST tariff, found by words or figures."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from catalog.queries.hsn import find_hsn
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.pages import KeysetPage
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.models import HsnCode

PARAMETERS = {"q": "Words, or the first figures of a code; best first, on one page."}


class HsnAnswer(Answer):
    """A chapter has 2 figures, a heading 4, goods below it 6 or 8; a product takes 4, 6 or 8.

    `name` is in plain words where we have some, `description` the official one where the list is loaded.
    """

    code: str
    name: str
    description: str


class HsnViewSet(OrgViewSet):
    queryset = HsnCode.objects.all()
    read_permission = Permission.CATALOG_VIEW
    parameters = PARAMETERS

    def shown(self, row: Any) -> HsnAnswer:
        return HsnAnswer(code=row.code, name=row.name, description=row.description)

    @documented(summary="Find an HSN", answer=HsnAnswer, many=True, parameters=PARAMETERS)
    def list(self, request: Request) -> Response:
        found = find_hsn(request.query_params.get("q", ""))[: KeysetPage().get_page_size(request)]
        return Response({"results": [self.shown(row) for row in found], "next": None})
