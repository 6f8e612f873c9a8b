"""The first answer to an API request that carried an Idempotency-Key."""

from __future__ import annotations

from django.db import models

from pantrypal.tenancy.models import OrgModel


class IdempotencyKey(OrgModel):
    """Written in the transaction of the request's effect, so that both exist or neither."""

    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OrgModel.Meta):
        constraints = [models.UniqueConstraint(fields=["org_id", "key"], name="journal_idempotency_key")]

    def __str__(self) -> str:
        return self.key
