from pathlib import Path

import django.db.models.deletion
import pantrypal.tenancy.context
import pantrypal.tenancy.fields
import pantrypal.tenancy.ids
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0010_missing_prices'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProductChange',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.product', verbose_name='product')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['org_id', 'changed_at', 'product'], name='catalog_productchange_since')],
                'constraints': [models.UniqueConstraint(fields=('org_id', 'product'), name='catalog_productchange_once')],
            },
        ),
        SqlFile(
            SQL / "product_changes.sql",
            undo="""
            DROP FUNCTION catalog_of_product_has_changed();
            DROP FUNCTION catalog_product_has_changed();
            DROP FUNCTION catalog_note_changed(bigint, uuid);
            """,
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER catalog_product_added AFTER INSERT ON catalog_product
              FOR EACH ROW EXECUTE FUNCTION catalog_product_has_changed();
            CREATE TRIGGER catalog_product_changed AFTER UPDATE ON catalog_product
              FOR EACH ROW WHEN (
                (OLD.sku, OLD.name, OLD.names, OLD.hsn, OLD.tax_class_id, OLD.unit, OLD.sold_by, OLD.mrp, OLD.price, OLD.price_is_missing,
                 OLD.age_limit, OLD.archived_at)
                IS DISTINCT FROM
                (NEW.sku, NEW.name, NEW.names, NEW.hsn, NEW.tax_class_id, NEW.unit, NEW.sold_by, NEW.mrp, NEW.price, NEW.price_is_missing,
                 NEW.age_limit, NEW.archived_at)
              ) EXECUTE FUNCTION catalog_product_has_changed();
            CREATE TRIGGER catalog_barcode_changed AFTER INSERT OR UPDATE OR DELETE ON catalog_barcode
              FOR EACH ROW EXECUTE FUNCTION catalog_of_product_has_changed();
            CREATE TRIGGER catalog_price_changed AFTER INSERT OR UPDATE OR DELETE ON catalog_price
              FOR EACH ROW EXECUTE FUNCTION catalog_of_product_has_changed();
            """,
            """
            DROP TRIGGER catalog_product_added ON catalog_product;
            DROP TRIGGER catalog_product_changed ON catalog_product;
            DROP TRIGGER catalog_barcode_changed ON catalog_barcode;
            DROP TRIGGER catalog_price_changed ON catalog_price;
            """,
        ),
    ]
