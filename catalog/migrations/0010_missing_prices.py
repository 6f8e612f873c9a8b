from pathlib import Path

from django.db import migrations, models

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0009_prices'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='price_is_missing',
            field=models.BooleanField(db_default=False, default=False, editable=False, help_text='Nobody has said the price yet, as after a list without prices; `price` is 0 and means nothing.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('price_is_missing', False), ('price', 0), _connector='OR'), name='catalog_product_price_missing'),
        ),
        SqlFile(SQL / "note_price.sql", undo=migrations.RunSQL.noop),
        # What lists without prices have made until now is at 0.00 for no other reason.
        migrations.RunSQL(
            """
            UPDATE catalog_product p SET price_is_missing = true FROM catalog_importchange c
             WHERE c.org_id = p.org_id AND c.target = p.id AND c.is_new AND p.price = 0;
            """,
            migrations.RunSQL.noop,
        ),
    ]
