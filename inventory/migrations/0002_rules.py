from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"
ISSUE = "inventory_issue(uuid, jsonb, date, boolean, text, text, uuid, text, timestamptz)"
ADD = "inventory_add(uuid, jsonb, text, text, uuid, text, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial"), ("catalog", "0001_initial")]

    operations = [
        AppendOnly("inventory_stockmove"),
        SqlFile(SQL / "issue_stock.sql", undo=f"DROP FUNCTION {ISSUE};"),
        SqlFile(SQL / "add_stock.sql", undo=f"DROP FUNCTION {ADD};"),
    ]
