"""What is remembered between requests, and what ends it. The one table of caches: `TABLE`.

A value lives in the process for `REMEMBER_SECONDS`; then the version of its scope (an organization, a person) is
asked of Redis, and only a changed version, an unknown one or an age of `LONGEST` seconds reads the database again.
The writing operation calls `forget`, which gives the scope a new version once it has committed. Without Redis the
house reads the database every few seconds: slower, never wrong for longer.

Nothing that a bill's amounts come from is remembered here: a sale reads prices in its own transaction.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

LONGEST = 30.0
MOST = 20_000

Value = TypeVar("Value")


@dataclass(slots=True)
class _Kept(Generic[Value]):
    value: Value
    scope: str
    version: str | None  # of the scope, read before the value was; None: not known
    fresh_until: float
    dies_at: float


class Remembered(Generic[Value]):
    """Values by key, each of one scope such as `org:7`. Safe for threads; the oldest go when there are too many.

    `longest`: the age in seconds at which a value is read again whatever its version says; 0 where not every
    writer calls `forget`.
    """

    def __init__(self, name: str, what: str, *, longest: float = LONGEST) -> None:
        self.name, self.what, self.longest = name, what, longest
        self.hits = self.misses = 0
        self._kept: OrderedDict[Hashable, _Kept[Value]] = OrderedDict()
        self._lock = Lock()
        TABLE.append(self)

    def get(self, key: Hashable, load: Callable[[], tuple[str, Value] | None]) -> Value | None:
        """The value, from `load()` -> (scope, value) where it must be read. What does not exist is not remembered."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and self._holds(kept, now):
            self.hits += 1
            return kept.value
        self.misses += 1
        version = version_of(kept.scope) if kept is not None else None
        found = load()
        if found is None:
            self.drop(key)
            return None
        scope, value = found
        if settings.REMEMBER_SECONDS:
            self._keep(key, _Kept(value, scope, version, now + settings.REMEMBER_SECONDS, now + self.longest))
        return value

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def drop_scope(self, scope: str) -> None:
        with self._lock:
            for key in [key for key, kept in self._kept.items() if kept.scope == scope]:
                del self._kept[key]

    def _holds(self, kept: _Kept[Value], now: float) -> bool:
        if now < kept.fresh_until:
            return True
        if now >= kept.dies_at or kept.version is None:
            return False
        # Others go on with the value while one thread asks: no stampede.
        kept.fresh_until = now + settings.REMEMBER_SECONDS
        if version_of(kept.scope) == kept.version:
            return True
        kept.fresh_until = 0.0
        return False

    def _keep(self, key: Hashable, kept: _Kept[Value]) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)


# Every cache of this process: name, what it holds, hits and misses.
TABLE: list[Remembered[Any]] = []


def org(org_id: int) -> str:
    """The scope of what belongs to an organization."""
    return f"org:{org_id}"


def user(user_id: int) -> str:
    """The scope of what belongs to a person."""
    return f"user:{user_id}"


def version_of(scope: str) -> str | None:
    """None where Redis does not answer."""
    name = f"version:{scope}"
    version: str | None = cache.get(name)
    if version is None:
        cache.add(name, secrets.token_hex(8), timeout=None)
        version = cache.get(name)
    return version


def forget(scope: str) -> None:
    """What is remembered of the scope ends: here at once, in every process when the transaction has committed."""
    _forget_here(scope)
    transaction.on_commit(lambda: _forget_everywhere(scope))


def _forget_here(scope: str) -> None:
    for remembered in TABLE:
        remembered.drop_scope(scope)


def _forget_everywhere(scope: str) -> None:
    _forget_here(scope)
    cache.set(f"version:{scope}", secrets.token_hex(8), timeout=None)
