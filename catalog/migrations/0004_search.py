from pathlib import Path

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"
BATCH = 2000


def fill(apps, schema_editor):
    """The triggers do the work; batches, so that no till waits for long. Safe to run again."""
    with schema_editor.connection.cursor() as cursor:
        more = True
        while more:
            cursor.execute(
                "UPDATE catalog_product SET search_text = '' WHERE (org_id, id) IN ("
                "SELECT org_id, id FROM catalog_product WHERE search_text = '' LIMIT %s)",
                [BATCH],
            )
            more = cursor.rowcount > 0


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalog", "0003_promotions")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public",
            migrations.RunSQL.noop,
        ),
        migrations.AddField("product", "search_text", models.TextField(default="", db_default="", editable=False)),
        SqlFile(
            SQL / "search_key.sql",
            undo="""
            DROP TRIGGER catalog_product_search_text ON catalog_product;
            DROP TRIGGER catalog_brand_search_text ON catalog_brand;
            DROP FUNCTION catalog_product_search_text();
            DROP FUNCTION catalog_brand_search_text();
            DROP FUNCTION catalog_search_key(text);
            """,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            "product",
            GinIndex(
                fields=["org_id", "search_text"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                gin_pending_list_limit=512,
                name="catalog_product_search",
            ),
        ),
        SqlFile(SQL / "search.sql", undo="DROP FUNCTION catalog_search(text, text[], integer, boolean);"),
    ]
