from pathlib import Path

from django.db import migrations

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    """A name in more languages makes a product no worse a hit."""

    dependencies = [("catalog", "0012_imported_families")]

    operations = [SqlFile(SQL / "search.sql", undo=migrations.RunSQL.noop)]
