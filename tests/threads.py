"""Many clients at once, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

from pantrypal.core.errors import DomainError
from pantrypal.tenancy.context import org_scope

T = TypeVar("T")


def all_at_once(org_id: int, jobs: list[Callable[[], T]], *, clients: int | None = None) -> list[T | DomainError]:
    """Run the jobs in `clients` threads that start together; a refusal is an answer, an error is raised.

    Each job has the organization's scope and a transaction of its own.
    """
    clients = clients or len(jobs)
    start = Barrier(clients)
    shares = [jobs[i::clients] for i in range(clients)]

    def client(share: list[Callable[[], T]]) -> list[T | DomainError]:
        try:
            start.wait(timeout=30)
            return [_answer(org_id, job) for job in share]
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        return [answer for answers in pool.map(client, shares) for answer in answers]


def _answer(org_id: int, job: Callable[[], T]) -> T | DomainError:
    try:
        with org_scope(org_id), transaction.atomic():
            return job()
    except DomainError as refusal:
        return refusal
