from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_back_office")]

    operations = [SqlFile(SQL / "backlog.sql", undo="DROP FUNCTION journal_backlog();")]
