"""Refusals and errors as pages, or as fragments where htmx asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string, select_template
from django.utils.translation import gettext as _

from pantrypal.core.api.problems import problem
from pantrypal.core.errors import DomainError
from pantrypal.tenancy.context import OrgUnavailable

# The server is down or starting, the line was cut, or a statement waited for too long.
AWAY = (OperationalError, InterfaceError)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """A DomainError that leaves a view becomes its sentence with its status, so no view needs to catch it.

    The innermost middleware: OrgMiddleware sees the status and rolls the request's transaction back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        if isinstance(exc, DomainError):
            return refused(request, exc)
        if isinstance(exc, OrgUnavailable) and not request.path_info.startswith("/api/"):
            return unavailable(request)
        return None


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """`refusals/_<code>.html` may offer a way out of this very refusal; it gets the refusal's data."""
    context = {"sentence": refusal.message, "code": refusal.code, "data": refusal.data}
    if _wants_fragment(request):
        template = select_template([f"refusals/_{refusal.code}.html", "shared/_refusal.html"])
        return HttpResponse(template.render(context, request), status=refusal.status)
    title = _("Not possible") if refusal.status != 404 else _("Not found")
    return _page(request, refusal.status, refusal.code, title, refusal.message)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Without context processors: whatever asks the database for something of this organization is refused too."""
    sentence = _("This organization cannot be reached at the moment. Please try again in a while.")
    return _bare("unavailable.html", request, 503, _("Closed for a moment"), sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, _("Not understood"), _("The request could not be understood. Please try again."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, _("Not allowed"), _("Your role does not allow this. Please ask a manager."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("There is no such page, or it is not yours to see. Please check the address.")
    return _answer(request, 404, _("Not found"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a database that is away for a moment: that one is worth another try."""
    is_away = isinstance(sys.exc_info()[1], AWAY)
    if request.path_info.startswith("/api/"):
        return _problem(*((503, "database_unavailable") if is_away else (500, "server_error")))
    if is_away:
        title, sentence = _("One moment, please"), _("The books cannot be reached at the moment. Please try again.")
        return _bare("unavailable.html", request, 503, title, sentence)
    sentence = _("Something went wrong on our side. Nothing was changed. Please try again.")
    return _bare("500.html", request, 500, "", sentence)


def _problem(status: int, code: str) -> HttpResponse:
    said = {500: _("Something went wrong on our side."), 503: _("The database cannot be reached at the moment.")}
    # The answer may have been lost on its way, not the sale: the same request with the same id finds out.
    detail = f"{said[status]} {_('Please send the same request again.')}"
    answer = JsonResponse(problem(status, code, detail).data, status=status, content_type="application/problem+json")
    if status == 503:
        answer["Retry-After"] = "2"
    return answer


def _bare(template: str, request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Without context processors: whatever broke may break them too."""
    context = {"title": title, "sentence": sentence}
    if _wants_fragment(request):
        template = "shared/_refusal.html"
    headers = {"Retry-After": "2"} if status == 503 else {}
    return HttpResponse(render_to_string(template, context), status=status, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page that was open while its person signed in again elsewhere: a fresh page has the right token."""
    if _wants_fragment(request):
        return HttpResponse(status=403, headers={"HX-Refresh": "true"})
    sentence = _("This page was open for too long. Please go back, load it again and repeat what you did.")
    return _page(request, 403, "csrf", _("Please load the page again"), sentence)


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _answer(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if _wants_fragment(request):
        return HttpResponse(render_to_string("shared/_refusal.html", {"sentence": sentence}, request), status=status)
    return _page(request, status, "", title, sentence)


def _page(request: HttpRequest, status: int, code: str, title: str, sentence: str) -> HttpResponse:
    context: dict[str, Any] = {"title": title, "sentence": sentence, "code": code}
    return HttpResponse(render_to_string("refusal.html", context, request), status=status)
