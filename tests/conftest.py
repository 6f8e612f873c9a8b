from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from pantrypal.tenancy.context import org_scope
from tests.database import django_db_setup, template_database
from tests.shop import Shop, make_shop

__all__ = ["django_db_setup", "template_database"]

# A busy machine fails no test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

_numbers = count(1)


@pytest.fixture(autouse=True)
def _each_test_begins_in_english() -> Iterator[None]:
    """A page that a test has read in another language leaves that one active in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def shop(db: None) -> Iterator[Shop]:
    """The shop under test; the test's body runs inside its organization."""
    made = make_shop("asha")
    with org_scope(made.org.pk):
        yield made


@pytest.fixture
def other_shop(db: None) -> Shop:
    """A shop of somebody else, for proving that nothing crosses over."""
    return make_shop("bala")


@pytest.fixture
def till(shop: Shop, client: Client) -> Client:
    """The browser of the shop's owner."""
    client.force_login(shop.owner)
    return client


@pytest.fixture
def committed_shop(django_db_setup: None, django_db_blocker) -> Iterator[Shop]:
    """A shop that other threads and processes see too. It stays: its organization is its own.

    The body runs inside the organization and opens its own transactions.
    """
    with django_db_blocker.unblock():
        made = make_shop(f"shop-{next(_numbers)}")
        with org_scope(made.org.pk):
            yield made
        transaction.get_connection().close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have measured is said, and never judged."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name.startswith("measured: "):
                terminalreporter.write_line(f"{name.removeprefix('measured: ')}: {value}")
