from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections

from pantrypal.tenancy.rls import APP_ROLE


def grant_to_app_role(sender: Any, schema_name: str, **kwargs: Any) -> None:
    """After each migrated schema, as the owner. Org tables got their grants from the schema editor."""
    from django_tenants.utils import get_tenant_database_alias, quote_schema_name  # noqa: PLC0415

    with connections[get_tenant_database_alias()].cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA {quote_schema_name(schema_name)} TO {APP_ROLE}")
        if schema_name == "public":
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
            cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
            # Where an org lives is written by sign-up and move_org only.
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON core_shard, core_domain FROM {APP_ROLE}")
            cursor.execute(f"REVOKE UPDATE, DELETE ON org_route FROM {APP_ROLE}")


class TenancyConfig(AppConfig):
    name = "pantrypal.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from django_tenants.signals import schema_migrated  # noqa: PLC0415

        from pantrypal.tenancy import checks  # noqa: F401, PLC0415

        schema_migrated.connect(grant_to_app_role, dispatch_uid="tenancy.grant")
