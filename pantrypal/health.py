"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_redis import get_redis_connection
from redis.exceptions import RedisError

log = structlog.get_logger()


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """503 without the database. A dead cache is told, but slows the house down only."""
    found = {"database": _asked("database", _ask_database), "cache": _asked("cache", _ask_cache)}
    return JsonResponse(found, status=200 if found["database"] == "ok" else 503)


def _asked(name: str, ask: Callable[[], None]) -> str:
    try:
        ask()
    except (Error, RedisError, OSError) as problem:
        log.warning("readyz", what=name, problem=str(problem))
        return "down"
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    get_redis_connection("default").ping()
