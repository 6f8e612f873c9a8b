"""The store in which somebody stands with a phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest
from pantrypal.core.models import Store

View = Callable[..., HttpResponseBase]


def at_store(permission: Permission) -> Callable[[View], View]:
    """Gives the view its store, by code. Raises Forbidden to whom may not do this there."""

    def wrap(view: View) -> View:
        @wraps(view)
        def entered(request: OrgRequest, store_code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            store = Store.objects.select_related("org").filter(code=store_code, archived_at=None).first()
            if store is None:
                raise Http404
            require(request.actor, permission, store.pk)
            return view(request, store, *args, **kwargs)

        return entered

    return wrap


def go(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """On to another page, also for a part that htmx has asked for."""
    answer = redirect(name, *args)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer
