"""The tax classes that an organization begins with; it edits its own from then on."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.db import transaction

from catalog.models import TaxClass, TaxRate
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.models import Organization
from pantrypal.journal.models import AuditEntry

DEFAULTS = Path(__file__).resolve().parents[1] / "data" / "tax_classes.json"


class DefaultClass(TypedDict):
    code: str
    name: str
    rates: list[tuple[str, str, str]]  # valid from, rate, cess


@transaction.atomic
def create_default_tax_classes(*, org: Organization, actor: Actor, at: datetime) -> list[TaxClass]:
    """The classes of the org's tax regime with their dated rates; a class whose code exists is left alone.

    For India: the GST slabs, with the change of 22 September 2025 (Notification 9/2025-Central Tax (Rate)).
    A class stands for the goods that were taxed alike: those of 12 % went to 5 %, those of 28 % to 18 %, and
    aerated drinks from 28 % and 12 % cess to 40 %. What went elsewhere is put into another class.
    """
    require(actor, Permission.ORG_EDIT)
    existing = set(TaxClass.objects.values_list("code", flat=True))
    made = [_create(default) for default in _defaults()[org.tax_regime] if default["code"] not in existing]
    if made:
        AuditEntry.record("tax_classes.created", org, actor=actor, at=at, codes=[row.code for row in made])
    return made


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
