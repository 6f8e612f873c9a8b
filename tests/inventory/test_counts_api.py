from __future__ import annotations

from django.utils import timezone

from inventory.models import StockMove
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import Shop


def test_a_count_through_the_api(shop: Shop) -> None:
    api, milk = Api(shop), shop.product("Milk 1 l")
    shop.stock(milk, "10", cost="41.50")
    status, made = api.post("stock-counts", {"store": "B1", "title": "Dairy shelf"})
    assert (status, made["status"], made["number"]) == (201, "open", f"SCB1-{timezone.localdate().year % 100}-0000001")
    address, seen = f"stock-counts/{made['id']}", {"id": str(uuid7()), "product": str(milk.pk), "quantity": "9"}

    assert api.post(f"{address}/scans", {"scans": [seen]}) == (200, {"kept": [seen["id"]]})
    assert api.post(f"{address}/scans", {"scans": [seen | {"lot": "X", "id": str(uuid7())}]})[0] == 404
    (difference,) = api.get(f"{address}/differences")[1]["results"]
    assert (difference["counted"], difference["variance"], difference["doubtful"]) == ("9.000", "-1.000", False)

    status, posted = api.post(f"{address}/post", {"reasons": {str(milk.pk): "broken"}})

    assert (status, posted["status"]) == (200, "posted")
    assert StockMove.objects.get(kind="count").reason == "broken"
    assert api.post(f"{address}/undo", {"scan": seen["id"]})[1]["code"] == "count_ended"
    assert api.get("stock-counts?status=open")[1]["results"] == []
