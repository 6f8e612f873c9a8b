"""manage.py check: what the two walls rely on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import models
from django_tenants.utils import app_labels

from pantrypal.tenancy.models import OrgManager


def org_models() -> Iterator[type[models.Model]]:
    """Every model whose table lies in the shards."""
    labels = set(app_labels(settings.TENANT_APPS))
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in labels and not model._meta.proxy:
            yield model


@register("models")
def check_org_models(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [problem for model in org_models() for problem in _problems(model)]


def _problems(model: type[models.Model]) -> Iterator[CheckMessage]:
    meta = model._meta
    if not any(field.column == "org_id" for field in meta.local_concrete_fields):
        yield Error(
            "No org_id column: inherit OrgModel; an automatic many-to-many table needs an explicit `through` model.",
            obj=model,
            id="tenancy.E001",
        )
        return
    for manager in (meta.default_manager, meta.base_manager):
        if not isinstance(manager, OrgManager):
            yield Error(
                "A manager is no OrgManager (class Meta must inherit OrgModel.Meta).", obj=model, id="tenancy.E002"
            )
    for fields in _indexed(meta):
        if fields[0] != "org_id":
            yield Error(
                f"The index or constraint on {fields} must start with org_id (use OrgForeignKey).",
                obj=model,
                id="tenancy.E003",
            )


def _indexed(meta: Any) -> Iterator[list[str]]:
    for index in meta.indexes:
        if index.fields:
            yield list(index.fields)
    for constraint in meta.constraints:
        if fields := getattr(constraint, "fields", ()):
            yield list(fields)
    for field in meta.local_fields:
        if (field.db_index or field.unique) and not field.primary_key:
            yield [field.name]
