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

from pantrypal.core.operations.people import choose_language


class UserLanguageMiddleware:
    """A signed-in person's own language goes before the cookie of a PC that several people use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


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
