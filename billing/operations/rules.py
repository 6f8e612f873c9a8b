"""Rules of the tills and the reasons they offer."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Reason, TillRules
from billing.models.rules import ReasonUse
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry

Row = TypeVar("Row", TillRules, Reason)


def save_rules(rules: TillRules, *, actor: Actor, at: datetime) -> TillRules:
    """Raises Invalid."""
    require(actor, Permission.ORG_EDIT)
    return _save("till_rules.changed", rules, actor, at)


def save_reason(reason: Reason, *, actor: Actor, at: datetime) -> Reason:
    """Raises Invalid for a code that the same use has already."""
    require(actor, Permission.ORG_EDIT)
    return _save("reason.saved", reason, actor, at)


@transaction.atomic
def _save(action: str, row: Row, actor: Actor, at: datetime) -> Row:
    before = None if row._state.adding else type(row).objects.select_for_update().get(pk=row.pk)
    save_valid(row)
    old, new = differences(before, row) if before is not None else ({}, {})
    AuditEntry.record(action, row, actor=actor, at=at, old=old, new=new)
    return row


def create_default_reasons(*, actor: Actor, at: datetime) -> None:
    """What a new shop begins with, in the language of whoever founds it."""
    for use, reasons in default_reasons().items():
        for position, (code, text) in enumerate(reasons, 1):
            save_reason(Reason(use=use, code=code, text=text, position=position), actor=actor, at=at)


def default_reasons() -> dict[ReasonUse, list[tuple[str, str]]]:
    """By use: code and text."""
    return {
        ReasonUse.DISCOUNT: [
            ("near_expiry", _("Near its expiry")),
            ("damaged_pack", _("Damaged pack")),
            ("price_match", _("Price as elsewhere")),
            ("regular", _("Regular customer")),
        ],
        ReasonUse.RETURN: [
            ("changed_mind", _("Not wanted after all")),
            ("wrong_item", _("Wrong item")),
            ("damaged", _("Damaged")),
            ("spoilt", _("Spoilt or expired")),
        ],
        ReasonUse.VOID: [("wrong_bill", _("Rung up wrongly")), ("wrong_customer", _("Wrong customer"))],
        ReasonUse.CASH: [
            ("change", _("Change fetched")),
            ("supplier", _("Supplier paid")),
            ("to_bank", _("To the bank")),
            ("expense", _("Small expense")),
        ],
        ReasonUse.DRAWER: [("give_change", _("Change for a note")), ("count", _("Counting"))],
    }
