"""Requests a minute, by key or person, up to the plan's limit."""

from __future__ import annotations

import time
from typing import Any

from django_redis import get_redis_connection
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from pantrypal.core.actor import Actor

WINDOW = 60


class PlanThrottle(BaseThrottle):
    """Counts in fixed windows in the cache; without a cache nobody is held up.

    Leaves `request.rate_limit` = (limit, remaining, seconds to the next window) for the headers.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        actor = request.auth
        if not isinstance(actor, Actor):
            return True
        limit: int = request._request.org.plan.requests_per_minute  # type: ignore[attr-defined]
        window, passed = divmod(int(time.time()), WINDOW)
        self.rest = WINDOW - passed
        key = f"pp:rate:{actor.org_id}:{actor.kind}:{actor.ident}:{window}"
        used = self._count(key)
        request._request.rate_limit = (limit, max(0, limit - used), self.rest)  # type: ignore[attr-defined]
        return used <= limit

    def _count(self, key: str) -> int:
        """One round trip; 0 where Redis does not answer."""
        try:
            with get_redis_connection("default").pipeline(transaction=False) as pipe:
                used, _set = pipe.incr(key).expire(key, 2 * WINDOW).execute()
        except RedisError:
            return 0
        return int(used)

    def wait(self) -> float:
        return float(self.rest)
