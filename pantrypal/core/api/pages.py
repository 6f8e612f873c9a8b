"""Keyset pages: `?limit=` and an opaque `?cursor=`; no offset, no total count."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from pantrypal.core.errors import Invalid

DEFAULT_SIZE, LARGEST_SIZE = 50, 200


class KeysetPage(CursorPagination):
    page_size = DEFAULT_SIZE
    page_size_query_param = "limit"
    max_page_size = LARGEST_SIZE

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError):
            sentence = _("This cursor is not one of ours. Please start from the first page.")
            raise Invalid(sentence, {"cursor": [sentence]}) from None

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering: tuple[str, ...] = view.keyset
        return ordering

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param, "")
        if not asked:
            return DEFAULT_SIZE
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= LARGEST_SIZE):
            sentence = _("Between 1 and %s.") % LARGEST_SIZE
            raise Invalid(f"limit: {sentence}", {"limit": [sentence]})
        return int(asked)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})
