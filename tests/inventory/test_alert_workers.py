"""Alerts and their letters, while workers and the broker die."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from deploy.devstack.valkey import Valkey
from inventory.models import Alert, AlertDigest, AlertSettings, PurchaseOrder
from inventory.operations.alert_mail import begin_morning
from inventory.operations.alerts import save_alert_settings
from pantrypal.journal.models import InboxEntry
from tests.inventory.purchasing import goods, sent, supplier
from tests.owner import settle_backlog
from tests.processes import Processes, until
from tests.shop import NOON, Shop, line
from tests.smtp import HOST, Sink

pytestmark = pytest.mark.xdist_group("workers")


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    made = Sink()
    yield made
    made.close()


@pytest.fixture(scope="module")
def processes(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory, sink: Sink) -> Iterator[Processes]:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    env = {"EMAIL_BACKEND": smtp, "EMAIL_HOST": HOST, "EMAIL_PORT": str(sink.port), "SITE_URL": "https://shop.example"}
    settle_backlog()
    place = tmp_path_factory.mktemp("processes")
    made = Processes(place, env, Valkey(place / "valkey.log").start())
    try:
        yield made
    finally:
        made.end()
        made.own_broker.stop()


@pytest.fixture
def at_work(processes: Processes, committed_shop: Shop) -> Processes:
    for name in ("relay", "worker"):
        if name not in processes.running:
            processes.start(name)
    return processes


def make_due() -> None:
    """Time passes."""
    with transaction.atomic():
        InboxEntry.objects.filter(done_at=None).update(next_at=timezone.now())


def failures() -> int:
    with transaction.atomic():
        return sum(InboxEntry.objects.filter(done_at=None).values_list("failures", flat=True))


def open_alerts() -> list[str]:
    with transaction.atomic():
        return list(Alert.objects.open().values_list("kind", flat=True))


def sell_the_last(shop: Shop, name: str) -> None:
    with transaction.atomic():
        product = shop.product(name)
        shop.stock(product, "1")
    shop.sell(line(product))


def test_alerts_lost_with_the_broker_and_the_worker_are_raised_and_mailed_once(
    committed_shop: Shop, at_work: Processes, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, broker = committed_shop, at_work.own_broker
    monkeypatch.setenv("PANTRY_REDIS_PORT", str(broker.port))  # it comes back at the same address
    with transaction.atomic():
        wanted = AlertSettings(store_id=shop.store.pk, immediate=["out"])
        save_alert_settings(wanted, store=shop.store, actor=shop.actor, at=NOON)
    at_work.kill("worker")
    sell_the_last(shop, "Milk 1 l")
    until(lambda: at_work.broker.llen("stock"), f"the relay sent nothing: {at_work.log('relay')}")
    at_work.kill_broker()
    sell_the_last(shop, "Curd 400 g")

    sink.close()
    broker.start()
    at_work.start("worker")
    until(lambda: make_due() or open_alerts() == ["out", "out"], "no alert")
    until(failures, f"the letter did not fail: {at_work.log('worker')}")
    at_work.kill("worker")
    at_work.kill_broker()

    broker.start()
    sink.open()
    at_work.start("worker")
    until(lambda: make_due() or len(sink.letters_to(shop.owner.email)) == 2, "no letter")
    until(lambda: not _waiting(), "something still waits")
    told = sorted(letter["Subject"] for letter in sink.letters_to(shop.owner.email))
    assert told == ["Koramangala: Out of stock, Curd 400 g", "Koramangala: Out of stock, Milk 1 l"]
    assert open_alerts() == ["out", "out"]


def _waiting() -> int:
    with transaction.atomic():
        return InboxEntry.objects.filter(done_at=None).count()


def test_the_digest_of_a_morning_comes_by_mail_with_the_way_to_the_list(
    committed_shop: Shop, at_work: Processes, sink: Sink
) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product("Milk 1 l")
        shop.stock(milk, "1")
    shop.sell(line(milk))
    for _beat in range(2):
        with transaction.atomic():
            begin_morning(shop.store, at=timezone.now().replace(hour=6))

    until(lambda: sink.letters_to(shop.owner.email), f"no letter: {at_work.log('worker')}")

    [letter] = sink.letters_to(shop.owner.email)
    assert letter["Subject"] == "Koramangala: 1 thing to look at"
    assert f"https://shop.example/{shop.org.slug}/admin/inventory/alert/" in letter.get_content()
    with transaction.atomic():
        assert AlertDigest.objects.get().sent_to == [shop.owner.email]


def test_an_order_reaches_its_supplier_with_its_paper(committed_shop: Shop, at_work: Processes, sink: Sink) -> None:
    with transaction.atomic():
        dairy = supplier(committed_shop, email=f"orders@{committed_shop.org.slug}.example")
        order = sent(committed_shop, dairy, goods(committed_shop.product(), "3", price="40.00"))

    until(lambda: sink.letters_to(dairy.email), f"no letter: {at_work.log('worker')}")

    [letter] = sink.letters_to(dairy.email)
    assert letter["Reply-To"] == committed_shop.owner.email
    [paper] = letter.iter_attachments()
    assert paper.get_filename() == f"{order.number}.pdf"
    with transaction.atomic():
        assert PurchaseOrder.objects.get().status == "sent"
