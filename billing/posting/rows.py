"""Rows in the shape of their tables, as the posting functions take them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg import sql
from structlog.contextvars import get_contextvars

from billing import chain
from billing.models import Bill, CreditNote, DocumentSeries
from billing.operations.registers import CREDIT_NOTE, OFFLINE, bill_prefix
from billing.pricing import Reason, TaxAmount
from pantrypal.core.actor import Actor
from pantrypal.core.business_time import fiscal_year
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.tenancy.ids import uuid7

BEFORE_PREFIX = {
    DocumentSeries.Kind.BILL: "",
    DocumentSeries.Kind.CREDIT_NOTE: CREDIT_NOTE,
    DocumentSeries.Kind.OFFLINE_BILL: OFFLINE,
}


def to_row(instance: models.Model) -> dict[str, Any]:
    """The instance as its table's columns."""
    return {str(field.column): getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def tax_row(tax: TaxAmount) -> dict[str, str]:
    return {"name": tax.name, "rate": plain(tax.rate.normalize()), "amount": plain(tax.amount)}


def reason_row(reason: Reason) -> dict[str, str | None]:
    """Why a line costs less; `promotion` is the id of the one that gave it, null where somebody did by hand."""
    promotion = str(reason.promotion) if reason.promotion else None
    return {"text": reason.text, "amount": plain(reason.amount), "promotion": promotion}


def bill_tax_row(tax: TaxAmount) -> dict[str, str]:
    return tax_row(tax) | {"taxable": plain(tax.taxable)}


def plain(value: Decimal) -> str:
    return format(value, "f")


def series(kind: DocumentSeries.Kind, store: Store, document: Bill | CreditNote) -> dict[str, Any]:
    return {
        "kind": kind,
        "fiscal_year": fiscal_year(document.document_date, store.org.fiscal_year_start),
        "prefix": BEFORE_PREFIX[kind] + bill_prefix(store, document.register),
    }


def audit(action: str, document: Bill | CreditNote, actor: Actor, **data: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "org_id": document.org_id,
        "at": document.finalized_at,
        "actor_kind": actor.kind,
        "actor_id": actor.ident,
        "actor_label": actor.label,
        "action": action,
        "subject_type": document._meta.label_lower,
        "subject_id": str(document.pk),
        "data": data,
        "request_id": str(get_contextvars().get("request_id", ""))[:64],
    }


def event(topic: str, document: Bill | CreditNote, **payload: Any) -> dict[str, Any]:
    payload |= {"store": document.store_id, "total": document.total, "customer": document.customer_id}
    return {
        "id": uuid7(),
        "org_id": document.org_id,
        "topic": topic,
        "payload": payload,
        "created_at": document.finalized_at,
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """One addition to the running books of a shift."""

    kind: str
    name: str
    amount: Decimal

    @classmethod
    def of_taxes(cls, taxes: Iterable[dict[str, str]], *, sign: int = 1) -> Iterable[Tally]:
        for tax in taxes:
            yield cls("tax", f"{tax['name']} {tax['rate']}", sign * Decimal(tax["amount"]))


def add_up(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    """One row for each kind and name; what is zero is left out."""
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for tally in tallies:
        amount, count = sums.get((tally.kind, tally.name), (ZERO, 0))
        sums[tally.kind, tally.name] = amount + tally.amount, count + 1
    rows = [{"kind": kind, "name": name, "amount": a, "count": c} for (kind, name), (a, c) in sums.items()]
    return [row for row in rows if row["amount"] or row["kind"] in ("sales", "returns")]


def call(function: str, payload: dict[str, Any]) -> dict[str, Any]:
    """One round trip; what it answers, with amounts as Decimal."""
    query = sql.SQL("SELECT {}(%s)").format(sql.Identifier(function))
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(payload, default=chain.plain)])
        answer: dict[str, Any] = json.loads(cursor.fetchone()[0], parse_float=Decimal)
    return answer


def put_number(document: Bill | CreditNote, answer: dict[str, Any]) -> None:
    """The number and the link of the chain, as the posting function gave them out."""
    document.number, document.sequence = answer["number"], answer["sequence"]
    document.series_id = UUID(answer["series_id"])
    document.previous_hash, document.hash = answer["previous_hash"], answer["hash"]
