"""Tax classes: those that an organization begins with, and its own changes from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import TaxClass, TaxRate
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent

DEFAULTS = Path(__file__).resolve().parents[1] / "data" / "tax_classes.json"


class DefaultClass(TypedDict):
    code: str
    name: str
    rates: list[tuple[str, str, str]]  # valid from, rate, cess


@transaction.atomic
def create_default_tax_classes(*, org: Organization, actor: Actor, at: datetime) -> list[TaxClass]:
    """The classes of the org's tax regime with their dated rates; a class whose code exists is left alone.

    For India: the GST slabs, with the change of 22 September 2025 (Notification 9/2025-Central Tax (Rate)).
    A class stands for goods that were taxed alike before and after it: most of 12 % went to 5 %, most of 28 % to
    18 %, biscuits and soap from 18 % to 5 %, breads and paneer to nil, aerated drinks from 28 % and cess to 40 %.
    """
    require(actor, Permission.ORG_EDIT)
    existing = set(TaxClass.objects.values_list("code", flat=True))
    made = [_create(default) for default in _defaults()[org.tax_regime] if default["code"] not in existing]
    if made:
        AuditEntry.record("tax_classes.created", org, actor=actor, at=at, codes=[row.code for row in made])
    return made


@dataclass(frozen=True, slots=True)
class RateInput:
    """A rate in percent from a day on."""

    valid_from: date
    rate: Decimal
    cess: Decimal = Decimal(0)


@transaction.atomic
def save_tax_class(tax_class: TaxClass, *, rates: Sequence[RateInput], actor: Actor, at: datetime) -> TaxClass:
    """Create or change a class; `rates` are all it is to have. Raises Invalid.

    Bills that are posted keep the rates they were made with.
    """
    require(actor, Permission.ORG_EDIT)
    before = None if tax_class._state.adding else TaxClass.objects.select_for_update().get(pk=tax_class.pk)
    if len({rate.valid_from for rate in rates}) < len(rates):
        sentence = _("Two rates begin on the same day.")
        raise Invalid(sentence, {"rates": [sentence]})
    save_valid(tax_class)
    told_before, told = _set_rates(tax_class, rates)
    if before is None:
        AuditEntry.record("tax_class.created", tax_class, actor=actor, at=at, rates=told)
    else:
        old, new = differences(before, tax_class)
        if told_before != told:
            old["rates"], new["rates"] = told_before, told
        AuditEntry.record("tax_class.changed", tax_class, actor=actor, at=at, old=old, new=new)
    OutboxEvent.emit("tax_class.changed", tax_class=str(tax_class.pk))
    return tax_class


def _set_rates(tax_class: TaxClass, rates: Sequence[RateInput]) -> tuple[list[str], list[str]]:
    """The rates before and after, as the journal tells them."""
    existing = {rate.valid_from: rate for rate in TaxRate.objects.filter(tax_class=tax_class)}
    before = [_told(rate) for _day, rate in sorted(existing.items())]
    given_days = {given.valid_from for given in rates}
    TaxRate.objects.filter(tax_class=tax_class, valid_from__in=existing.keys() - given_days).delete()
    after = []
    for given in sorted(rates, key=lambda rate: rate.valid_from):
        rate = existing.get(given.valid_from) or TaxRate(tax_class=tax_class, valid_from=given.valid_from)
        rate.rate, rate.cess = given.rate, given.cess
        save_valid(rate)
        after.append(_told(rate))
    return before, after


def _told(rate: TaxRate) -> str:
    cess = f" + {rate.cess:g} %" if rate.cess else ""
    return f"{rate.valid_from}: {rate.rate:g} %{cess}"


@cache
def _defaults() -> dict[str, list[DefaultClass]]:
    defaults: dict[str, list[DefaultClass]] = json.loads(DEFAULTS.read_text())
    return defaults


def _create(default: DefaultClass) -> TaxClass:
    tax_class = TaxClass.objects.create(code=default["code"], name=default["name"])
    TaxRate.objects.bulk_create(
        TaxRate(tax_class=tax_class, valid_from=date.fromisoformat(day), rate=Decimal(rate), cess=Decimal(cess))
        for day, rate, cess in default["rates"]
    )
    return tax_class
