from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        AppendOnly("journal_auditentry"),
        SqlFile(
            SQL / "relay.sql",
            undo="DROP FUNCTION journal_relay_events(jsonb, int, interval);"
            "DROP FUNCTION journal_due_entries(int, interval);",
        ),
    ]
