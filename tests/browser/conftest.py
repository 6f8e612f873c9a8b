from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction

from pantrypal.core.access import Role
from pantrypal.core.models import User
from tests.browser.chromium import Chromium, NoChromium
from tests.browser.shelf import Shelf, fill
from tests.browser.site import Site
from tests.browser.visitor import SHOP_PC, Visitor
from tests.shop import Shop


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Without a browser these tests are skipped; where REQUIRE_BROWSER=1 that is an error."""
    try:
        browser = Chromium()
    except NoChromium as reason:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    yield browser
    browser.end()


@pytest.fixture(scope="session")
def site(chromium: Chromium, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site") / "gunicorn.log")
    yield running
    running.end()


@pytest.fixture
def visitor(chromium: Chromium, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Opens a window at the given size. When the test is over, no page may have complained."""
    come: list[Visitor] = []

    def comes(size: str = SHOP_PC, **options: object) -> Visitor:
        come.append(Visitor(chromium, site, size, **options))
        return come[-1]

    yield comes
    for one in come:
        one.leave()
    complaints = [complaint for one in come for complaint in one.complaints]
    assert not complaints, site.log.read_text()[-6000:]


@pytest.fixture
def shelf(committed_shop: Shop) -> Shelf:
    return fill(committed_shop)


@pytest.fixture
def cashier(committed_shop: Shop) -> User:
    with transaction.atomic():
        return committed_shop.member(Role.CASHIER)


@pytest.fixture
def till(committed_shop: Shop, shelf: Shelf, cashier: User, visitor: Callable[..., Visitor]) -> Visitor:
    """A cashier at the till, with the shift open and nothing in the cart."""
    address = f"/{committed_shop.org.slug}/till/{committed_shop.register.pk}/"
    return visitor().signed_in_as(cashier).open(address).has_focus_on("#code")


@pytest.fixture(autouse=True)
def nobody_has_tried_before(django_db_setup: None) -> None:
    """Sign-ins are counted by address, and all of these tests come from one."""
    cache.clear()
