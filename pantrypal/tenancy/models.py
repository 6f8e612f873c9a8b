"""Abstract base and manager of every org-owned table (wall 1 of 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from pantrypal.tenancy.context import CrossOrgWrite, require_org_id
from pantrypal.tenancy.ids import uuid7

M = TypeVar("M", bound=models.Model, covariant=True)


class CurrentOrg(models.Expression):
    """The active org's id, bound when the SQL is compiled, not when the queryset is built.

    A class-level `queryset = Product.objects.all()` (views, forms) is therefore safe, and a
    queryset carried into another org's request cannot keep the old org.
    """

    output_field = models.BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [require_org_id()]


class OrgQuerySet(models.QuerySet[M]):
    def update(self, **kwargs: Any) -> int:
        if "org_id" in kwargs:
            raise CrossOrgWrite("A row never moves to another organization.")
        return super().update(**kwargs)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        org_id = require_org_id()
        if any(getattr(row, "org_id", None) != org_id for row in rows):
            raise CrossOrgWrite("bulk_create() with rows of another organization.")
        return super().bulk_create(rows, *args, **kwargs)


class OrgManager(models.Manager[M]):
    _queryset_class = OrgQuerySet

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(org_id=CurrentOrg())


class OrgModel(models.Model):
    """A row that belongs to one organization and is invisible to every other.

    `Meta` of a subclass must inherit `OrgModel.Meta`: `objects` is then also the base manager, so
    following a foreign key, refreshing or saving a row goes through the same filter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org_id = models.BigIntegerField(default=require_org_id, editable=False)

    objects = OrgManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.org_id != require_org_id():
            raise CrossOrgWrite(f"{self._meta.label} of org {self.org_id} saved in {require_org_id()}.")
        super().save(*args, **kwargs)
