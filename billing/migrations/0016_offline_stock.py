from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("billing", "0015_asked_payments")]

    operations = [SqlFile(SQL / "post_bill.sql", undo=migrations.RunSQL.noop)]
