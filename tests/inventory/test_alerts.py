"""Alerts: one for each cause, closed when it is gone, put off, and read by integrators."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from inventory.models import Alert, AlertSettings, Lot
from inventory.operations.alerts import refresh_alerts, save_alert_settings, snooze_alerts
from inventory.operations.transfers import Wanted, receive_transfer, request_transfer, send_transfer
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden, Invalid
from pantrypal.core.operations.organizations import create_store
from pantrypal.journal.models import OutboxEvent
from pantrypal.tenancy.context import org_scope
from tests.api import Api
from tests.inventory.goods import lot_of
from tests.inventory.purchasing import delivered, receive, supplier
from tests.inventory.test_reorder import rule
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once

LIST = "/asha/admin/inventory/alert/"


def look(shop: Shop, at: datetime = NOON) -> list[str]:
    """What is raised now."""
    return sorted(alert.sentence for alert in refresh_alerts(shop.store, at=at))


def standing(shop: Shop) -> set[tuple[str, str]]:
    return {(alert.kind, alert.product.name) for alert in Alert.objects.open().select_related("product")}


def test_each_cause_raises_its_own_alert_once(shop: Shop) -> None:
    names = ("Bread", "Curd", "Milk", "Paneer", "Rice", "Sugar")
    bread, curd, milk, paneer, rice, sugar = (shop.product(name, mrp=Decimal("63.00")) for name in names)
    lot_of(shop, bread, "B1", "2026-03-01")
    lot_of(shop, curd, "C1", "2026-03-08")
    shop.stock(milk, "1")
    shop.store.stock_policy = "allow"
    shop.sell(line(milk, "3"))
    shop.stock(paneer, "1")
    shop.sell(line(paneer))
    shop.stock(rice, "4")
    rule(shop, rice, "4", "20")
    lot_of(shop, sugar, "S1", "2027-01-01", mrp=Decimal("60.00"))

    assert look(shop) == [
        "Bread, lot B1: 5 expired on 1 Mar 2026. Take them off the shelf.",
        "Curd, lot C1: 5 expire on 8 Mar 2026.",
        "Milk: -2 by the books. Please count it.",
        "Paneer: none left.",
        "Rice: only 4 left.",
        "Sugar: the price is above the MRP printed on it.",
    ]
    assert look(shop) == []
    assert OutboxEvent.objects.filter(topic="alert.raised").count() == 6


def test_an_alert_is_closed_when_its_cause_is_gone_and_comes_again_with_it(shop: Shop) -> None:
    milk = shop.product("Milk")
    shop.stock(milk, "1")
    shop.sell(line(milk))
    look(shop)

    shop.stock(milk, "1")
    assert look(shop) == []

    alert = Alert.objects.get()
    assert (alert.kind, alert.raised_at, alert.closed_at) == ("out", NOON, NOON)
    assert OutboxEvent.objects.get(topic="alert.closed").payload["alert"] == str(alert.pk)
    shop.sell(line(milk))
    assert look(shop) == ["Milk: none left."]


def test_a_lot_speaks_30_15_and_7_days_before_it_expires_and_then_once_more(shop: Shop) -> None:
    lot_of(shop, shop.product("Milk"), "A", "2026-04-01")
    raised = {}

    for days_left in range(32, -2, -1):
        at = NOON + timedelta(days=30 - days_left)
        for alert in refresh_alerts(shop.store, at=at):
            raised[days_left] = (alert.kind, alert.stage)

    assert raised == {30: ("near_expiry", 30), 15: ("near_expiry", 15), 7: ("near_expiry", 7), -1: ("expired", 0)}
    assert Alert.objects.open().count() == 1


def near(shop: Shop) -> dict[str, int]:
    """The stage of each lot that is said to be near its date."""
    refresh_alerts(shop.store, at=NOON)
    return {alert.lot.code: alert.stage for alert in Alert.objects.open().select_related("lot")}


def test_goods_that_do_not_last_are_not_warned_of_every_day(shop: Shop) -> None:
    milk, ghee = shop.product("Milk"), shop.product("Ghee")
    lot_of(shop, milk, "A WEEK", "2026-03-06", manufactured_on=date(2026, 2, 28))
    lot_of(shop, milk, "FOUR WEEKS", "2026-03-17", manufactured_on=date(2026, 2, 17))
    lot_of(shop, milk, "AS IT CAME", "2026-03-08", known_since=date(2026, 2, 22))
    lot_of(shop, ghee, "A YEAR", "2026-03-20", manufactured_on=date(2025, 3, 20))
    lot_of(shop, ghee, "NOBODY KNOWS", "2026-03-20")
    lot_of(shop, ghee, "STOPPED", "2026-03-20", recalled_at=NOON)

    assert near(shop) == {"AS IT CAME": 7, "A YEAR": 30, "NOBODY KNOWS": 30}

    mine = AlertSettings(store_id=shop.store.pk, shelf_life_times=1)
    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)
    assert near(shop) == {"AS IT CAME": 7, "FOUR WEEKS": 15, "A YEAR": 30, "NOBODY KNOWS": 30}
    mine.shelf_life_times = 0
    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)
    assert near(shop)["A WEEK"] == 7


def test_a_lot_remembers_since_when_it_is_known(shop: Shop) -> None:
    receive(shop, supplier(shop), delivered(shop.product(tracks_lots=True), "5", "40", code="A"))

    assert Lot.objects.get().known_since == date(2026, 3, 2)


def test_a_store_chooses_its_own_days(shop: Shop) -> None:
    lot_of(shop, shop.product("Milk"), "A", "2026-03-12")
    mine = AlertSettings(store_id=shop.store.pk, near_expiry_days=[5])

    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)

    assert not Alert.objects.exists()
    mine.near_expiry_days = [10]
    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)
    assert Alert.objects.get().stage == 10
    for wrong in ([0], [7, 7], [400], ["7"], [1, 2, 3, 4, 5, 6]):
        mine.near_expiry_days = wrong
        with pytest.raises(Invalid):
            save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)


def test_a_shop_abroad_has_no_mrp_to_exceed(shop: Shop) -> None:
    shop.stock(shop.product("Milk", mrp=Decimal("60.00")), "1")
    shop.store.org.country = "NP"

    assert look(shop) == []


def test_looking_at_some_products_leaves_the_others_alone(shop: Shop) -> None:
    milk, curd = shop.product("Milk"), shop.product("Curd")
    for product in (milk, curd):
        shop.stock(product, "1")
        shop.sell(line(product))

    refresh_alerts(shop.store, [milk.pk], at=NOON)
    assert standing(shop) == {("out", "Milk")}
    refresh_alerts(shop.store, [curd.pk], at=NOON)
    assert standing(shop) == {("out", "Milk"), ("out", "Curd")}


def test_an_archived_product_asks_for_nothing(shop: Shop) -> None:
    milk = shop.product("Milk")
    shop.stock(milk, "1")
    shop.sell(line(milk))
    look(shop)

    type(milk).objects.update(archived_at=NOON)

    assert look(shop) == []
    assert standing(shop) == set()


def test_a_transfer_that_does_not_come_asks_where_it_is(shop: Shop) -> None:
    milk = shop.product("Milk")
    shop.stock(milk, "12")
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    by = {"actor": shop.actor, "at": NOON}
    asked = request_transfer([Wanted(milk.pk, Decimal(5))], source=shop.store, target=other, **by)
    transfer = send_transfer(asked, source=shop.store, **by)

    assert refresh_alerts(other, at=NOON + timedelta(days=2)) == []
    [alert] = refresh_alerts(other, at=NOON + timedelta(days=3))

    assert alert.sentence == f"{transfer.number} was sent 3 days ago and has not come. Where is it?"
    refresh_alerts(other, [milk.pk], at=NOON + timedelta(days=3))
    assert Alert.objects.open().get() == alert
    receive_transfer(transfer, target=other, actor=shop.actor, at=NOON + timedelta(days=4))
    refresh_alerts(other, at=NOON + timedelta(days=4))
    assert not Alert.objects.open().exists()


def test_many_who_look_at_once_raise_each_cause_once(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        for number in range(5):
            lot_of(shop, shop.product(f"Milk {number}"), "A", "2026-03-01")

    raised = all_at_once(shop.org.pk, [lambda: len(refresh_alerts(shop.store, at=NOON))] * 8, clients=4)

    assert sorted(raised) == [0] * 7 + [5]


@pytest.fixture
def expired(shop: Shop) -> Alert:
    lot_of(shop, shop.product("Milk"), "A", "2026-03-01")
    [alert] = refresh_alerts(shop.store, at=NOON)
    return alert


def test_the_back_office_counts_lists_and_puts_off(shop: Shop, till: Client, expired: Alert) -> None:
    assert "1 lot has expired and is still on the shelf" in till.get("/asha/admin/").content.decode()
    assert "Milk, lot A: 5 expired on 1 Mar 2026." in till.get(LIST).content.decode()

    answer = till.post(LIST, {"action": "snooze_a_week", "_selected_action": [expired.pk]}, follow=True)

    assert "1 alert is put off." in answer.content.decode()
    assert "Milk, lot A" not in till.get(LIST).content.decode()
    assert "Milk, lot A" in till.get(f"{LIST}?state=snoozed").content.decode()
    assert "Nothing has expired, nothing is missing." in till.get("/asha/admin/").content.decode()


def test_an_auditor_reads_alerts_and_puts_none_off(shop: Shop, client: Client, expired: Alert) -> None:
    client.force_login(shop.member(Role.AUDITOR))

    assert "Milk, lot A" in client.get(LIST).content.decode()
    client.post(LIST, {"action": "snooze_a_week", "_selected_action": [expired.pk]})
    with pytest.raises(Forbidden):
        snooze_alerts([expired], until=NOON + timedelta(days=1), actor=shop.actor_as(Role.AUDITOR), at=NOON)
    assert Alert.objects.get().snoozed_until is None


def test_settings_are_saved_in_words(shop: Shop, till: Client) -> None:
    data = {
        "store_id": shop.store.pk,
        "near_expiry_days": "20, 4",
        "shelf_life_times": "3",
        "transfer_days": "2",
        "immediate": ["expired", "oversold"],
    }
    data |= {"has_digest": "on", "digest_at": "06:30"}

    answer = till.post("/asha/admin/inventory/alertsettings/add/", data)

    assert answer.status_code == 302, answer.context["errors"]
    kept = AlertSettings.objects.get()
    assert (kept.near_expiry_days, kept.immediate, kept.digest_at) == ([20, 4], ["expired", "oversold"], time(6, 30))
    wrong = till.post("/asha/admin/inventory/alertsettings/add/", data | {"near_expiry_days": "soon"})
    assert "Numbers of days, such as 30, 15, 7." in wrong.content.decode()


def test_alerts_through_the_api(shop: Shop, expired: Alert) -> None:
    api = Api(shop)

    [row] = api.get("alerts?store=B1&kind=expired")[1]["results"]

    assert (row["lot"], row["figure"], row["days"]) == ("A", "5.000", None)
    assert row["text"] == "Milk, lot A: 5 expired on 1 Mar 2026. Take them off the shelf."
    later = (timezone.now() + timedelta(days=3)).isoformat()
    assert api.post(f"alerts/{expired.pk}/snooze", {"until": later})[0] == 200
    assert api.get("alerts")[1]["results"] == []
    assert [x["id"] for x in api.get("alerts?state=snoozed")[1]["results"]] == [str(expired.pk)]
    for wrong in ({"until": "2020-01-01T00:00:00Z"}, {"until": "2030-01-01T00:00:00"}):
        assert api.post(f"alerts/{expired.pk}/snooze", wrong)[0] == 400
    assert api.get("alerts?state=x")[0] == 400


def test_another_shop_has_its_own_alerts(shop: Shop, other_shop: Shop, expired: Alert) -> None:
    with org_scope(other_shop.org.pk):
        assert refresh_alerts(other_shop.store, at=NOON) == []
        assert Api(other_shop).get(f"alerts/{expired.pk}")[0] == 404
