"""What an organization has subscribed to."""

from __future__ import annotations

from django.db import models


class Plan(models.Model):
    """Limits are enforced in the transaction that would break them; empty means no limit."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    max_stores = models.PositiveSmallIntegerField(null=True, blank=True)
    max_owners = models.PositiveSmallIntegerField(null=True, blank=True)
    max_managers = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Store managers and inventory managers, each."
    )
    requests_per_minute = models.PositiveIntegerField(default=6000)

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> dict[str, int | None]:
        return {
            "stores": self.max_stores,
            "owners": self.max_owners,
            "managers": self.max_managers,
            "requests_per_minute": self.requests_per_minute,
        }
