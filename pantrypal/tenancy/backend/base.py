"""django-tenants' PostgreSQL backend, made safe for transaction pooling.

Stock django-tenants sends a session-level `SET search_path` from cursor(). Here nothing is ever set
on the session: schema and org travel inside the BEGIN message as SET LOCAL, so COMMIT and ROLLBACK
wipe them, no matter who gets the server connection next (CONN_MAX_AGE, psycopg pool, PgBouncer).

DATABASES["default"]["ORG_MODE"]: "transaction" (web, workers; app role) or "session" (migrations
and move_org; owner role, direct connection, no pool).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from django.db.backends.postgresql.features import DatabaseFeatures
from django_tenants.postgresql_backend import base as django_tenants_base
from psycopg import errors
from psycopg.pq import ExecStatus, TransactionStatus

from pantrypal.tenancy.backend.schema import OrgSchemaEditor
from pantrypal.tenancy.backend.slowness import tell_slow
from pantrypal.tenancy.context import OrgTransactionRequired, OrgUnavailable, current_org_id, org_scope

# The first message of an org transaction, in place of psycopg's own BEGIN: no extra round trip.
# pantry_enter() share-locks the org against a move, reads its shard from public.org_route, and does
# SET LOCAL search_path and pantrypal.org_id.
BEGIN_ORG = "{begin};SELECT public.pantry_enter({org})"
# Inside a transaction that is already open (tests, staff tools).
SWITCH_ORG = "SELECT public.pantry_enter({org})"
SWITCH_NONE = "SELECT public.pantry_leave()"

UNAVAILABLE = ("PP001", "55P03")  # raised by pantry_enter; lock_timeout
UNKNOWN = object()


class OrgFeatures(DatabaseFeatures):
    # GROUP BY id does not cover the other columns: the primary key in the database is (org_id, id).
    allows_group_by_selected_pks = False


class DatabaseWrapper(django_tenants_base.DatabaseWrapper):  # type: ignore[misc]
    SchemaEditorClass = OrgSchemaEditor
    features_class = OrgFeatures
    _entered: Any = None  # the org applied to the open transaction

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(settings_dict, *args, **kwargs)
        self.execute_wrappers.append(tell_slow)
        if settings_dict.get("CITUS"):
            self.ops.compiler_module = "pantrypal.tenancy.backend.compiler"

    def connect(self) -> None:
        with org_scope(None):  # Django opens a cursor while connecting
            super().connect()

    def _cursor(self, name: str | None = None) -> Any:
        if self.settings_dict.get("ORG_MODE") != "transaction":
            return super()._cursor(name)  # stock django-tenants (migrations)
        cursor = PlainWrapper._cursor(self, name)  # type: ignore[attr-defined]
        self._enter_org()
        return cursor

    def _enter_org(self) -> None:
        org = current_org_id()
        if self.autocommit:
            if org is not None:
                raise OrgTransactionRequired("Org data is reached inside transaction.atomic() only.")
            return  # public schema, the role's default search_path
        status = self.connection.pgconn.transaction_status  # no round trip
        if status == TransactionStatus.IDLE:  # BEGIN is lazy
            if org is not None:
                self._send(BEGIN_ORG.format(begin=self._begin(), org=int(org)))
            self._entered = org  # else psycopg sends its own BEGIN
        elif status == TransactionStatus.INTRANS and self._entered != org:
            self._send(SWITCH_NONE if org is None else SWITCH_ORG.format(org=int(org)))
            self._entered = org

    def _begin(self) -> str:
        if self.connection.isolation_level is None:
            return "BEGIN"
        level: str = self.isolation_level.name.replace("_", " ")
        return f"BEGIN ISOLATION LEVEL {level}"

    def _send(self, sql: str) -> None:
        """PQexec: several statements, one network round trip."""
        with self.wrap_database_errors:
            result = self.connection.pgconn.exec_(sql.encode())
            if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
                return
            self._entered = None
            error = errors.error_from_result(result)
            if error.sqlstate in UNAVAILABLE:
                raise OrgUnavailable(str(error)) from error
            # Without a code it is no answer of the server's: the line was cut.
            raise error if error.sqlstate else errors.ConnectionFailure(str(error)) from error

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self._entered = UNKNOWN  # re-apply at the next cursor

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        if self.settings_dict.get("ORG_MODE") != "transaction":
            super().set_tenant(tenant, include_public)
            return
        # Only bookkeeping. Does not clear the ContentType cache on every request as django-tenants
        # does: content types live in the public schema only.
        self.tenant, self.schema_name = tenant, tenant.schema_name
        self.include_public_schema = include_public
