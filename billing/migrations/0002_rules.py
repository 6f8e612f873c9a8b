from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"
NUMBER = "billing_next_number(uuid, jsonb, text, numeric)"


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial"), ("inventory", "0002_rules"), ("journal", "0002_rules")]

    operations = [
        AppendOnly("billing_bill"),
        AppendOnly("billing_billline"),
        AppendOnly("billing_payment"),
        AppendOnly("billing_sellersnapshot"),
        SqlFile(SQL / "next_number.sql", undo=f"DROP FUNCTION {NUMBER};"),
        SqlFile(SQL / "post_bill.sql", undo="DROP FUNCTION billing_post_bill(jsonb);"),
    ]
