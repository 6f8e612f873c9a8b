from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_stored_value")]

    operations = [
        AppendOnly("customers_storedvalueentry"),
        SqlFile(
            SQL / "move_value.sql", undo="DROP FUNCTION customers_move_value(jsonb, text, uuid, text, timestamptz);"
        ),
    ]
