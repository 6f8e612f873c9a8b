"""Who sold, as bills say it."""

from __future__ import annotations

from django.db import models

from pantrypal.tenancy.models import OrgModel


class SellerSnapshot(OrgModel):
    """Name, address and registration of a store at some time; one row for each wording.

    Bills point here instead of repeating it. The id is made from the content, so a sale need not look
    it up, and rows are never changed (trigger).
    """

    content = models.JSONField()

    def __str__(self) -> str:
        return str(self.content.get("name", ""))
