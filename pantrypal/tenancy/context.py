"""The organization the running code acts for.

A ContextVar, so it follows async code, and is empty in a new thread or task (fails closed).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_org: ContextVar[int | None] = ContextVar("pantrypal_org", default=None)


class NoActiveOrg(RuntimeError):
    """Org-owned data was touched while no org is active. Always a bug, never a user error."""


class CrossOrgWrite(RuntimeError):
    """A row of one organization was written while another was active."""


class OrgTransactionRequired(RuntimeError):
    """Org-owned data may only be reached inside transaction.atomic()."""


class OrgUnavailable(RuntimeError):
    """The org is unknown, suspended or being moved: answer 503 with Retry-After."""


def current_org_id() -> int | None:
    return _org.get()


def require_org_id() -> int:
    org_id = _org.get()
    if org_id is None:
        raise NoActiveOrg("No organization is active; run this inside org_scope(org_id).")
    return org_id


@contextmanager
def org_scope(org_id: int | None) -> Iterator[None]:
    """Act for one organization, or explicitly for none. Never `yield` to a caller inside it."""
    token = _org.set(None if org_id is None else int(org_id))
    try:
        yield
    finally:
        _org.reset(token)
