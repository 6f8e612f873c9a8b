"""The schema editor: nobody can forget the walls of an org-owned table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django_tenants.utils import app_labels

from pantrypal.tenancy.rls import PROTECT


def is_org_table(model: type[models.Model]) -> bool:
    """Also true for the historical models of a migration, which have lost OrgModel."""
    return model._meta.app_label in app_labels(settings.TENANT_APPS) and any(
        field.column == "org_id" for field in model._meta.local_concrete_fields
    )


class OrgSchemaEditor(DatabaseSchemaEditor):
    """Gives each table with an org_id, in the transaction that creates it, PRIMARY KEY (org_id, id),
    forced row-level security, and foreign keys that carry org_id."""

    sql_create_column_inline_fk = None  # type: ignore[assignment]  # all foreign keys go through _create_fk_sql

    def column_sql(self, model: Any, field: Any, include_default: bool = False) -> Any:
        sql, params = super().column_sql(model, field, include_default)
        if sql and field.primary_key and is_org_table(model):
            sql = sql.replace(" PRIMARY KEY", "")
        return sql, params

    def create_model(self, model: type[models.Model]) -> None:
        super().create_model(model)
        if is_org_table(model):
            table = self.quote_name(model._meta.db_table)
            name = self.quote_name(model._meta.db_table + "_pkey")
            key = self.quote_name(str(model._meta.pk.column))
            self.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} PRIMARY KEY (org_id, {key})")
            for sql in PROTECT:
                self.execute(sql.format(table=table))

    def _create_fk_sql(self, model: Any, field: Any, suffix: str) -> Any:
        target = field.remote_field.model
        if not (is_org_table(model) and is_org_table(target)):
            return super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        table, to_table = model._meta.db_table, target._meta.db_table
        return Statement(
            self.sql_create_fk,
            table=Table(table, self.quote_name),
            name=self._fk_constraint_name(model, field, suffix),  # type: ignore[attr-defined]
            column=Columns(table, ["org_id", field.column], self.quote_name),
            to_table=Table(to_table, self.quote_name),
            to_column=Columns(to_table, ["org_id", field.target_field.column], self.quote_name),
            # IMMEDIATE: an error at the statement, not at COMMIT.
            deferrable=" DEFERRABLE INITIALLY IMMEDIATE",
        )
