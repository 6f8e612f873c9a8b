"""The rows of a return, and the one call that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from billing.models import CreditNote, CreditNoteLine, DocumentSeries, Refund
from billing.posting.rows import Tally, add_up, audit, call, event, put_number, series, to_row
from billing.posting.sellers import seller_row
from inventory.models import StockMove
from pantrypal.core.actor import Actor
from pantrypal.core.models import Store

SPOILT = {
    CreditNoteLine.Disposition.DAMAGED: StockMove.Kind.DAMAGE,
    CreditNoteLine.Disposition.EXPIRED: StockMove.Kind.EXPIRY,
}


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """Stock that comes back with a line: into the lot it was sold from, at what it had cost (None: at the average)."""

    line: CreditNoteLine
    product: UUID
    lot: Any
    quantity: Decimal
    unit_cost: Decimal | None


@dataclass(slots=True)
class Draft:
    """A return as rows, complete but for its number and hash."""

    note: CreditNote
    lines: list[CreditNoteLine]
    refunds: list[Refund]
    goods: Sequence[GoodsBack]


def post(draft: Draft, *, store: Store, actor: Actor) -> dict[str, Any]:
    """Write the return by billing/sql/post_credit_note.sql; puts number and hash on it. Answers what it answers."""
    note = draft.note
    answer = call(
        "billing_post_credit_note",
        {
            "note": to_row(note),
            "seller": seller_row(store),
            "lines": [to_row(line) for line in draft.lines],
            "refunds": [to_row(refund) for refund in draft.refunds],
            "tallies": add_up(_tallies(draft)),
            "stock": {"back": [_back(goods) for goods in draft.goods], "spoilt": _spoilt(draft)},
            "value": [
                {"account": refund.stored_value_id, "amount": refund.amount}
                for refund in draft.refunds
                if refund.stored_value_id
            ],
            "series": series(DocumentSeries.Kind.CREDIT_NOTE, store, note),
            "audit": audit("credit_note.posted", note, actor, total=note.total, reason=note.reason),
            "event": event("credit_note.posted", note, credit_note=note.pk, bill=note.bill_id),
        },
    )
    if "number" in answer:
        put_number(note, answer)
    return answer


def _back(goods: GoodsBack) -> dict[str, Any]:
    return {
        "line": goods.line.pk,
        "product": goods.product,
        "lot": goods.lot,
        "quantity": goods.quantity,
        "unit_cost": goods.unit_cost,
    }


def _spoilt(draft: Draft) -> list[dict[str, Any]]:
    parts = []
    for disposition, kind in SPOILT.items():
        lines = [
            {"line": goods.line.pk, "product": goods.product, "lot": goods.lot, "quantity": goods.quantity}
            for goods in draft.goods
            if goods.line.disposition == disposition
        ]
        if lines:
            parts.append({"kind": kind, "lines": lines})
    return parts


def _tallies(draft: Draft) -> Iterable[Tally]:
    note = draft.note
    yield Tally("returns", "", note.total)
    yield Tally("round_off", "", -note.round_off)
    yield from Tally.of_taxes(note.taxes, sign=-1)
    for refund in draft.refunds:
        yield Tally("refund", refund.method, refund.amount)
