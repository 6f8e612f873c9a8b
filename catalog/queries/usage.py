"""Which rows of the catalog are in use, whoever uses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models


def in_use(model: type[models.Model], ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that some row protects from being deleted: a bill line, a stock move, an order.

    Asked of the models themselves, so that floors above the catalog need not be known here.
    """
    wanted, found = list(ids), set()
    for relation in _protecting(model):
        rows: Any = relation.related_model.objects
        name = relation.field.attname
        found |= set(rows.filter(**{f"{name}__in": wanted}).values_list(name, flat=True).distinct())
    return found


def _protecting(model: type[models.Model]) -> list[Any]:
    relations = [
        field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and field.one_to_many
    ]
    return [relation for relation in relations if getattr(relation, "on_delete", None) is models.PROTECT]
