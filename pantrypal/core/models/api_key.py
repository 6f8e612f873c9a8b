"""Keys of integrators."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.access import permissions_of_scopes
from pantrypal.core.actor import Actor
from pantrypal.core.models.organization import Organization
from pantrypal.core.models.store import Store
from pantrypal.tenancy.context import require_org_id

PREFIX = "pp_"


def hash_of(secret: str) -> str:
    """SHA-256 is enough for 256 random bits; a slow hash would only slow every request down."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKey(models.Model):
    """The key itself is shown once; what is kept is its beginning, to be recognized, and its hash."""

    org = models.ForeignKey(Organization, models.PROTECT, related_name="+", default=require_org_id, editable=False)
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30), verbose_name=_("scopes"))
    all_stores = models.BooleanField(_("all stores"), default=True)
    stores = models.ManyToManyField(Store, verbose_name=_("stores"), blank=True, related_name="+")
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def new_secret() -> str:
        return PREFIX + secrets.token_urlsafe(32)

    def is_valid(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def _store_ids(self) -> frozenset[UUID]:
        # From the link table itself: the org is not active yet, and its stores cannot be read.
        links = self.stores.through._default_manager.filter(apikey=self.pk)
        return frozenset(links.values_list("store_id", flat=True))

    def actor(self) -> Actor:
        stores = None if self.all_stores else self._store_ids()
        return Actor(
            kind="key",
            ident=str(self.pk),
            label=self.name,
            org_id=self.org.pk,
            permissions=permissions_of_scopes(self.scopes),
            stores=stores,
        )
