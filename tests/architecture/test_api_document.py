"""The OpenAPI document is made from the code: a body that it cannot describe is found before anybody asks for it."""

from __future__ import annotations

from collections import Counter

from drf_spectacular.generators import SchemaGenerator

from pantrypal.core.api.documentation import described


def test_the_api_describes_itself() -> None:
    document = SchemaGenerator(urlconf="pantrypal.urls").get_schema(public=True)

    assert "/api/v1/bills" in document["paths"]
    assert {"key", "session"} <= document["components"]["securitySchemes"].keys()


def test_no_two_bodies_share_a_name() -> None:
    counted = Counter(struct.__name__ for struct in described())

    assert [name for name, count in counted.items() if count > 1] == []
