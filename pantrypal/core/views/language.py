"""The language of the pages: a person's own, or a cookie's for somebody who has not signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pantrypal.core.languages import AT_THE_COUNTER, EVERYWHERE
from pantrypal.core.operations.people import choose_language


class UserLanguageMiddleware:
    """A signed-in person's own language goes before the cookie of a PC that several people use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        confine(request, AT_THE_COUNTER)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> None:
        match = request.resolver_match
        is_site = match is not None and match.app_name == "admin"
        if is_site or view.__module__.startswith(settings.BACK_ROOM_PAGES):
            confine(request, EVERYWHERE)


def confine(request: HttpRequest, languages: tuple[str, ...]) -> None:
    """The page speaks one of these, and offers no other."""
    request.languages = [(code, name) for code, name in settings.LANGUAGES if code in languages]  # type: ignore[attr-defined]
    if translation.get_language() not in languages:
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if translation.check_for_language(code) and code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(user=request.user, language=code)
        cookie: dict[str, Any] = {"max_age": 365 * 24 * 3600, "samesite": "Lax", "httponly": True}
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, secure=settings.LANGUAGE_COOKIE_SECURE, **cookie)
    return response
