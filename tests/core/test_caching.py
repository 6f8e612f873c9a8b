"""What is remembered between requests, and how soon a change is felt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from socket import socket

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as NoConnection
from structlog.testing import capture_logs

from pantrypal.core import caching
from pantrypal.core.access import Role
from pantrypal.core.caching import Remembered
from pantrypal.core.models import Membership
from pantrypal.core.operations.api_keys import create_api_key, revoke_api_key
from pantrypal.core.operations.people import change_member
from pantrypal.core.redis import RestingConnection
from pantrypal.tenancy.context import org_scope
from tests.shop import NOON, Shop


@pytest.fixture(autouse=True)
def remembering(settings) -> None:
    settings.REMEMBER_SECONDS = 3600


@pytest.fixture
def visitor(committed_shop: Shop, client: Client) -> Callable[[str], int]:
    """What a page answers to the browser, whose requests find their organization themselves."""

    def visit(address: str) -> int:
        with org_scope(None):
            return client.get(address).status_code

    return visit


@pytest.fixture
def cupboard() -> Iterator[Remembered[int]]:
    made: Remembered[int] = Remembered("test", "a number")
    yield made
    caching.TABLE.remove(made)


class Source:
    """Something to read, which counts how often it was read."""

    def __init__(self, value: int) -> None:
        self.value, self.reads = value, 0

    def load(self) -> tuple[str, int]:
        self.reads += 1
        return "org:-1", self.value


def test_a_value_is_read_once_and_remembered(cupboard: Remembered[int]) -> None:
    source = Source(7)

    assert [cupboard.get("a", source.load) for _ in range(3)] == [7, 7, 7]
    assert (source.reads, cupboard.hits, cupboard.misses) == (1, 2, 1)


def test_what_does_not_exist_is_asked_for_again(cupboard: Remembered[int]) -> None:
    assert cupboard.get("a", lambda: None) is None
    assert cupboard.get("a", Source(7).load) == 7


def test_a_change_in_another_process_is_felt_when_the_version_is_asked_for(cupboard: Remembered[int], settings) -> None:
    settings.REMEMBER_SECONDS = 0.000001
    source = Source(7)
    cupboard.get("a", source.load)  # learns the scope
    cupboard.get("a", source.load)
    cupboard.get("a", source.load)
    assert source.reads == 2  # the version has not changed

    source.value = 8
    cache.set("version:org:-1", "another", timeout=None)

    assert cupboard.get("a", source.load) == 8


def test_without_redis_the_database_is_read_again_and_again(cupboard: Remembered[int], settings) -> None:
    settings.REMEMBER_SECONDS = 0.000001
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}
    source = Source(7)

    for value in (7, 8, 9):
        source.value = value
        assert cupboard.get("a", source.load) == value


def test_a_revoked_key_is_turned_away_at_once(committed_shop: Shop) -> None:
    with transaction.atomic():
        key, secret = create_api_key(name="Web shop", scopes=["catalog:read"], actor=committed_shop.actor, at=NOON)
    shopkeeper = Client(headers={"authorization": f"Bearer {secret}"})
    assert [shopkeeper.get("/api/v1/me").status_code for _ in range(2)] == [200, 200]

    with transaction.atomic():
        revoke_api_key(key=key, actor=committed_shop.actor, at=timezone.now())

    assert shopkeeper.get("/api/v1/me").status_code == 401


def test_a_changed_role_holds_from_the_next_request_on(
    committed_shop: Shop, client: Client, visitor: Callable[[str], int]
) -> None:
    with transaction.atomic():
        person = committed_shop.member(Role.AUDITOR)
        member = Membership.objects.get(user=person)
    with org_scope(None):
        client.force_login(person)
    page = f"/{committed_shop.org.slug}/admin/"
    assert visitor(page) == 200

    with transaction.atomic():
        change_member(
            member=member, role=Role.CASHIER, is_active=True, stores=None, actor=committed_shop.actor, at=NOON
        )

    assert visitor(page) == 403


def test_a_place_in_one_organization_opens_no_other(
    committed_shop: Shop, client: Client, visitor: Callable[[str], int]
) -> None:
    with org_scope(None):
        client.force_login(committed_shop.owner)

    assert visitor(f"/{committed_shop.org.slug}/admin/") == 200
    assert visitor("/somebody-else/admin/") == 404


def test_a_dead_redis_is_left_alone_for_a_moment() -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens, and nobody else can
        connection = RestingConnection(port=taken.getsockname()[1], socket_connect_timeout=1)
        with capture_logs() as logged:
            for _try in range(3):
                with pytest.raises(NoConnection):
                    connection.connect()

    assert [line["event"] for line in logged] == ["redis.gone"]
