from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("billing", "0016_offline_stock")]

    operations = [SqlFile(SQL / "next_number.sql", undo=migrations.RunSQL.noop)]
