"""What is measured: each row a name, a load script with its arguments, and how many clients ask at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.bench.sizes import Size
from tests.shop import Shop

PGBENCH = "pgbench"


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    script: str
    arguments: list[str] = field(default_factory=list)
    clients: int = 8
    floor: bool = False  # on the server without a house


def rows(shop: Shop, size: Size, *, cookie: str, page_200: str) -> list[Row]:
    common = [str(shop.org.pk), str(size.orgs), str(size.products)]

    def api(path: str) -> list[str]:
        return [*common, f"/api/v1/{path}"]

    def page(path: str) -> list[str]:
        return [*common, f"/{shop.org.slug}/{path}|{cookie}"]

    def own(path: str) -> list[str]:
        """Of the template organization only: a cursor is one organization's."""
        return [common[0], "1", common[2], path]

    return [
        Row("empty Django view (floor)", "get.lua", [*common, "/"], floor=True),
        Row("a sale's statements by pgbench (floor of checkout)", PGBENCH, floor=True),
        Row("scan", "scan.lua", [*common, "spread"]),
        Row("quote, 5 lines", "quote.lua", [*common, "spread"]),
        Row("checkout, spread", "checkout.lua", [*common, "spread"]),
        Row("checkout, spread, 32 clients", "checkout.lua", [*common, "spread"], clients=32),
        Row("checkout, spread, 200 clients", "checkout.lua", [*common, "spread"], clients=200),
        Row("checkout, one register", "checkout.lua", [*common, "one"]),
        Row("checkout, the same five products", "checkout.lua", [*common, "hot"]),
        Row("bill list, first page", "get.lua", api("bills?limit=50")),
        Row("bill list, page 200", "get.lua", own(page_200)),
        Row("product search", "get.lua", api("products?q=basmati&limit=20")),
        Row("till page", "page.lua", page(f"till/{shop.register.pk}/")),
        Row("cart fragment", "page.lua", page(f"till/{shop.register.pk}/cart/")),
        Row("admin list of bills", "page.lua", page("admin/billing/bill/")),
        Row("dashboard", "page.lua", page("admin/")),
        Row("mixed day, 32 clients", "mixed.lua", [*common, "spread"], clients=32),
        Row("mixed day, 500 clients", "mixed.lua", [*common, "spread"], clients=500),
    ]
