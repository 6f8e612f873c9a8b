"""Alerts follow the stock, and mornings come in every store's own zone."""

from __future__ import annotations

from uuid import UUID

from celery import current_app, shared_task
from django.utils import timezone

from catalog.models import Price
from inventory.operations.alert_mail import begin_morning, mail_alert, mail_digest
from inventory.operations.alerts import refresh_alerts
from inventory.queries.alerts import goods_of
from pantrypal.core.models import Organization, Store
from pantrypal.journal.consumers import consumer
from pantrypal.journal.models import OutboxEvent

QUEUE = "stock"

# Documents that move goods: the event's topic, and where its payload names the document.
DOCUMENTS = {
    "bill.posted": "bill",
    "credit_note.posted": "credit_note",
    "goods_receipt.posted": "receipt",
    "stock.adjusted": "adjustment",
    "stock_count.posted": "count",
    "supplier_return.posted": "supplier_return",
    "transfer.sent": "transfer",
}
# Changes of a product or its lots: they may matter in any store.
CHANGES = ("product.changed", "lot.changed", "price.changed")


@consumer(*DOCUMENTS, queue=QUEUE)
def watch_goods(event: OutboxEvent) -> None:
    """Look at the goods that a document has moved."""
    for store_id, products in goods_of(UUID(event.payload[DOCUMENTS[event.topic]])).items():
        refresh_alerts(_store(store_id), products, at=timezone.now())


@consumer(*CHANGES, queue=QUEUE)
def watch_product(event: OutboxEvent) -> None:
    _look_everywhere([UUID(event.payload["product"])])


@consumer("price_list.changed", queue=QUEUE)
def watch_price_list(event: OutboxEvent) -> None:
    """What it prices costs something else where it holds, or no longer does."""
    prices = Price.objects.filter(price_list=event.payload["price_list"])
    _look_everywhere(list(prices.values_list("product", flat=True).distinct().order_by()))


@consumer("transfer.received", queue=QUEUE)
def watch_arrival(event: OutboxEvent) -> None:
    """What has come is on its way no more."""
    refresh_alerts(_store(UUID(event.payload["to_store"])), at=timezone.now())


@consumer("alerts.digest_due", queue="notify")
def mail_alert_digest(event: OutboxEvent) -> None:
    mail_digest(UUID(event.payload["digest"]), event_id=event.pk, at=timezone.now())


@consumer("alert.raised", queue="notify")
def mail_alert_at_once(event: OutboxEvent) -> None:
    mail_alert(UUID(event.payload["alert"]), event_id=event.pk, at=timezone.now())


@shared_task(name="inventory.look_around")
def look_around() -> None:
    """Every few minutes, from the beat: a task for each organization. A lost one is made up for by the next."""
    for org in Organization.objects.filter(route__state="active").values_list("pk", flat=True):
        current_app.send_task("inventory.begin_mornings", headers={"org_id": str(org)}, queue=QUEUE)


@shared_task(name="inventory.begin_mornings")
def begin_mornings() -> None:
    """In the stores of one organization in which it is time."""
    for store in Store.objects.select_related("org").filter(archived_at=None).order_by("pk"):
        begin_morning(store, at=timezone.now())


def _look_everywhere(products: list[UUID]) -> None:
    for store in Store.objects.select_related("org").filter(archived_at=None).order_by("pk"):
        refresh_alerts(store, products, at=timezone.now())


def _store(pk: UUID) -> Store:
    return Store.objects.select_related("org").get(pk=pk)
