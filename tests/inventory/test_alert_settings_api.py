"""What a store wants to hear, set through the API."""

from __future__ import annotations

from inventory.models import AlertSettings
from pantrypal.core.operations.organizations import create_store
from tests.api import Api
from tests.shop import NOON, Shop


def test_a_store_says_what_it_wants_to_hear(shop: Shop) -> None:
    api = Api(shop)
    usual = api.get("alert-settings/B1")[1]
    assert usual == {
        "store": "B1", "near_expiry_days": [30, 15, 7], "shelf_life_times": 2, "transfer_days": 3, "immediate": [],
        "has_digest": True, "digest_at": "07:00:00",
    }  # fmt: skip

    changes = {"near_expiry_days": [20, 4], "shelf_life_times": 0, "immediate": ["expired"], "digest_at": "06:30:00"}
    status, changed = api("PATCH", "alert-settings/B1", changes)

    assert (status, changed) == (200, usual | changes)
    assert api.get("alert-settings")[1]["results"] == [changed]
    assert AlertSettings.objects.get().store_id == shop.store.pk


def test_what_makes_no_sense_or_is_not_ones_own_is_refused(shop: Shop) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    api, of_other = Api(shop), Api(shop, stores=[other.pk])

    for wrong in ({"near_expiry_days": [7, 7]}, {"shelf_life_times": 21}, {"immediate": ["magic"]}):
        assert api("PATCH", "alert-settings/B1", wrong)[0] == 400
    assert api.get("alert-settings/ZZ")[0] == 404
    assert of_other("PATCH", "alert-settings/B1", {"has_digest": False})[0] == 403
    assert of_other.get("alert-settings/B1")[0] == 403
    assert [row["store"] for row in of_other.get("alert-settings")[1]["results"]] == ["B2"]
    assert Api(shop, ["inventory:read"])("PATCH", "alert-settings/B1", {"has_digest": False})[0] == 403
    assert not AlertSettings.objects.exists()
