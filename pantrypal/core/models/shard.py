"""Where organizations live."""

from __future__ import annotations

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from pantrypal.core.models.organization import Organization


class Shard(TenantMixin):  # type: ignore[misc]
    """The tenant of django-tenants: one PostgreSQL schema that holds many organizations."""

    name = models.CharField(max_length=50)
    open_for_signup = models.BooleanField(default=True)

    auto_create_schema = True

    def __str__(self) -> str:
        return str(self.schema_name)


class Domain(DomainMixin):  # type: ignore[misc]
    """Required by django-tenants; organizations are found by path and key, so it stays empty."""


class OrgRoute(models.Model):
    """Where an organization lives. Narrow and hot; written only by sign-up and move_org."""

    class State(models.TextChoices):
        ACTIVE = "active"
        MOVING = "moving"
        SUSPENDED = "suspended"

    org = models.OneToOneField(Organization, models.PROTECT, primary_key=True, related_name="route")
    shard = models.ForeignKey(Shard, models.PROTECT, related_name="+")
    schema_name = models.CharField(max_length=63)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)

    class Meta:
        db_table = "org_route"

    def __str__(self) -> str:
        return f"{self.org_id} in {self.schema_name}"
