"""Lists that never count: a page is read with one row more, which says whether there is a next page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest
from unfold.views import ChangeList


class LookAheadPage(Page[Any]):
    def __init__(self, rows: list[Any], number: int, paginator: LookAheadPaginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.more = len(rows) > paginator.per_page

    def has_next(self) -> bool:
        return self.more


class LookAheadPaginator(Paginator[Any]):
    template_name = "admin/_pager.html"
    count = 10**9  # nobody asks the database; any page number may be tried

    def page(self, number: int | str) -> LookAheadPage:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return LookAheadPage(list(self.object_list[first : first + self.per_page + 1]), number, self)


class OrgChangeList(ChangeList):  # type: ignore[misc]
    """A list of the back office. The model's admin may look at all rows of a page at once (`prepare`)."""

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        try:
            self.page = self.paginator.page(self.page_num)
        except InvalidPage as problem:
            raise IncorrectLookupParameters from problem
        self.result_list = self.page.object_list
        self.result_count = (self.page_num - 1) * self.list_per_page + len(self.result_list)
        self.full_result_count = self.result_count
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = True
        self.multi_page = self.page.has_other_pages()
        self.model_admin.prepare(request, self.result_list)
