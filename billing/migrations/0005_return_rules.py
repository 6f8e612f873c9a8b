from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("billing", "0004_returns"), ("customers", "0003_rules")]

    operations = [
        AppendOnly("billing_approval"),
        AppendOnly("billing_creditnote"),
        AppendOnly("billing_creditnoteline"),
        AppendOnly("billing_refund"),
        AppendOnly("billing_cashmovement"),
        AppendOnly("billing_zreport"),
        SqlFile(SQL / "post_side_rows.sql", undo="DROP FUNCTION billing_post_side_rows(jsonb, uuid, text);"),
        SqlFile(SQL / "post_bill.sql", undo=migrations.RunSQL.noop),
        SqlFile(SQL / "post_credit_note.sql", undo="DROP FUNCTION billing_post_credit_note(jsonb);"),
    ]
