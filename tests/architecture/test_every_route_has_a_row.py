"""Nobody adds an address without saying whom it is for."""

from __future__ import annotations

import pytest

from tests.core.routes import ORG_URLS, SITE_URLS, routes


@pytest.mark.parametrize("urlconf", [ORG_URLS, SITE_URLS])
def test_every_route_has_a_row(urlconf: str) -> None:
    def has_row(route) -> bool:
        try:
            return route.row is not False
        except KeyError:
            return False

    missing = [route.space + route.name for route in routes(urlconf) if not has_row(route)]
    assert not missing, "Say in tests/core/routes.py who may look at and who may change these."
