"""Which version of an organization's price rules is in force."""

from __future__ import annotations

from django.db import models

from pantrypal.tenancy.ids import uuid7
from pantrypal.tenancy.models import OrgModel


class PriceRulesVersion(OrgModel):
    """One row for each organization. Triggers give it a new `version` whenever a row is written that prices are
    made from by rule (catalog/sql/price_rules_version.sql), in the same transaction: whoever has read the rules of
    the version now in force need not read them again, and nobody can forget to say that they changed."""

    version = models.UUIDField(default=uuid7)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id"], name="catalog_pricerulesversion_once")]

    def __str__(self) -> str:
        return str(self.version)
