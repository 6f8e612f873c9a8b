"""Migration operations for rules that the ORM cannot state."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations.operations.special import RunSQL

from pantrypal.tenancy.rls import APP_ROLE


class AppendOnly(RunSQL):
    """Rows of a table are added, never changed or removed, whoever asks.

    Two locks: the app role has no such right, and a trigger refuses everybody else but a session in
    replica mode, which moves whole organizations.
    """

    def __init__(self, table: str) -> None:
        super().__init__(
            f"""
            REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE};
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
              FOR EACH ROW EXECUTE FUNCTION public.pantry_append_only();
            """,
            f"""
            DROP TRIGGER {table}_append_only ON {table};
            GRANT UPDATE, DELETE ON {table} TO {APP_ROLE};
            """,
        )
        self.table = table

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__name__, [self.table], {}


class SqlFile(RunSQL):
    """Install the functions of a .sql file (CREATE OR REPLACE) in the schema being migrated.

    An older migration runs the newest file. That is safe: PL/pgSQL looks its tables up when it runs.
    """

    def __init__(self, path: Path, *, undo: str) -> None:
        super().__init__(path.read_text(), undo)
