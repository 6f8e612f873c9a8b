"""Alerts by e-mail: one digest for each store and morning, and at once what a store wants to hear at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.core import mail
from django.db import transaction

from inventory.models import Alert, AlertDigest, AlertSettings
from inventory.operations.adjustments import Adjustment, adjust_stock
from inventory.operations.alert_mail import begin_morning, mail_alert, mail_digest
from inventory.operations.alerts import refresh_alerts, save_alert_settings, snooze_alerts
from pantrypal.core.access import Role
from pantrypal.journal.models import OutboxEvent
from pantrypal.tenancy.ids import uuid7
from tests.inventory.goods import lot_of
from tests.shop import NOON, Shop, line
from tests.threads import all_at_once

SEVEN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # in Kolkata


def morning(shop: Shop, at: datetime = SEVEN) -> OutboxEvent | None:
    """Begin the morning, and give the event that the mailing consumer waits for."""
    if begin_morning(shop.store, at=at) is None:
        return None
    return OutboxEvent.objects.filter(topic="alerts.digest_due").last()


def send(event: OutboxEvent) -> bool:
    digest = AlertDigest.objects.get(pk=event.payload["digest"])
    return mail_digest(digest.pk, event_id=event.pk, at=SEVEN)


def test_one_digest_goes_out_for_each_store_and_morning(shop: Shop) -> None:
    milk, curd = shop.product("Milk"), shop.product("Curd")
    lot_of(shop, milk, "A", "2026-03-01")
    shop.stock(curd, "1")
    shop.sell(line(curd))
    keeper = shop.member(Role.INVENTORY_MANAGER)
    shop.member(Role.CASHIER)

    event = morning(shop)

    assert event is not None
    assert send(event)
    [letter] = mail.outbox
    assert letter.to == sorted(["owner@asha.example", keeper.email])
    assert letter.subject == "Koramangala: 2 things to look at"
    assert "Expired\n- Milk, lot A: 5 expired on 1 Mar 2026. Take them off the shelf." in letter.body
    assert "Out of stock\n- Curd: none left." in letter.body
    assert morning(shop) is None
    assert morning(shop, SEVEN + timedelta(hours=5)) is None
    assert morning(shop, SEVEN + timedelta(days=1)) is not None


def test_the_morning_is_the_stores_own(shop: Shop) -> None:
    assert morning(shop, SEVEN - timedelta(minutes=1)) is None
    shop.store.time_zone = "Europe/London"
    assert morning(shop, SEVEN) is None
    assert morning(shop, SEVEN + timedelta(hours=6)) is not None
    assert AlertDigest.objects.get().morning == date(2026, 3, 2)


def test_two_beats_begin_one_morning(committed_shop: Shop) -> None:
    shop = committed_shop

    begun = all_at_once(shop.org.pk, [lambda: begin_morning(shop.store, at=SEVEN) is not None] * 6, clients=3)

    assert sorted(begun) == [False] * 5 + [True]
    with transaction.atomic():
        assert OutboxEvent.objects.filter(topic="alerts.digest_due").count() == 1


def test_nothing_to_say_and_what_is_put_off_send_no_letter(shop: Shop) -> None:
    event = morning(shop)
    assert event is not None
    assert not send(event)
    lot_of(shop, shop.product("Milk"), "A", "2026-03-01")
    refresh_alerts(shop.store, at=SEVEN)
    snooze_alerts(Alert.objects.all(), until=SEVEN + timedelta(days=2), actor=shop.actor, at=SEVEN)

    assert not send(event)
    assert mail.outbox == []


def test_a_store_without_a_digest_is_looked_at_all_the_same(shop: Shop) -> None:
    quiet = AlertSettings(store_id=shop.store.pk, has_digest=False, digest_at=time(5))
    save_alert_settings(quiet, store=shop.store, actor=shop.actor, at=SEVEN)
    lot_of(shop, shop.product("Milk"), "A", "2026-03-01")

    assert morning(shop) is None
    assert Alert.objects.open().get().kind == "expired"


def test_what_a_store_wants_to_hear_at_once_is_mailed_at_once(shop: Shop) -> None:
    mine = AlertSettings(store_id=shop.store.pk, immediate=["oversold"])
    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)
    milk = shop.product("Milk")
    lot_of(shop, shop.product("Curd"), "A", "2026-03-01")
    shop.store.stock_policy = "allow"
    shop.sell(line(milk, "2"))
    raised = {alert.kind: alert for alert in refresh_alerts(shop.store, at=NOON)}

    told = {kind: mail_alert(alert.pk, event_id=uuid7(), at=NOON) for kind, alert in raised.items()}

    assert told == {"oversold": True, "expired": False}
    [letter] = mail.outbox
    assert letter.subject == "Koramangala: Oversold, Milk"
    assert "Milk: -2 by the books. Please count it." in letter.body


def test_a_cause_that_is_gone_before_the_letter_sends_none(shop: Shop) -> None:
    mine = AlertSettings(store_id=shop.store.pk, immediate=["expired"])
    save_alert_settings(mine, store=shop.store, actor=shop.actor, at=NOON)
    milk = shop.product("Milk")
    lot_of(shop, milk, "A", "2026-03-01")
    [alert] = refresh_alerts(shop.store, at=NOON)
    adjust_stock([Adjustment(milk.pk, Decimal(-5), "gone")], store=shop.store, actor=shop.actor, at=NOON)
    refresh_alerts(shop.store, at=NOON)

    assert not mail_alert(alert.pk, event_id=uuid7(), at=NOON)
