from pathlib import Path

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pantrypal.core.fields
import pantrypal.tenancy.context
import pantrypal.tenancy.fields
import pantrypal.tenancy.ids
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0008_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='begins')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('stores', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, help_text='None: all stores.', size=None, verbose_name='stores')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'price list',
                'verbose_name_plural': 'price lists',
                'ordering': ['name'],
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('org_id', 'name'), name='catalog_pricelist_name')],
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('store_id', models.UUIDField(blank=True, null=True, verbose_name='store')),
                ('price', pantrypal.core.fields.MoneyField(blank=True, decimal_places=4, help_text='Empty: none of its own any more.', max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price')),
                ('was', pantrypal.core.fields.MoneyField(decimal_places=4, editable=False, max_digits=18, null=True, verbose_name='before')),
                ('valid_from', models.DateTimeField(verbose_name='from when on')),
                ('at', models.DateTimeField(editable=False, verbose_name='noted')),
                ('actor', models.CharField(blank=True, editable=False, max_length=254, verbose_name='by whom')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.product', verbose_name='product')),
                ('price_list', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.pricelist', verbose_name='price list')),
            ],
            options={
                'verbose_name': 'price',
                'verbose_name_plural': 'prices',
                'ordering': ['-valid_from'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['org_id', 'product', '-valid_from'], name='catalog_price_of_product'), models.Index(fields=['org_id', '-valid_from', '-id'], name='catalog_price_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('store_id__isnull', True), ('price_list__isnull', True), _connector='OR'), name='catalog_price_one_place'), models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gte', 0), _connector='OR'), name='catalog_price_not_negative')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER catalog_pricelist_price_rules AFTER INSERT OR UPDATE OR DELETE ON catalog_pricelist
              FOR EACH STATEMENT EXECUTE FUNCTION catalog_renew_price_rules();
            """,
            "DROP TRIGGER catalog_pricelist_price_rules ON catalog_pricelist;",
        ),
        SqlFile(SQL / "note_price.sql", undo="DROP FUNCTION catalog_note_price();"),
        migrations.RunSQL(
            """
            CREATE TRIGGER catalog_product_price AFTER UPDATE OF price ON catalog_product
              FOR EACH ROW WHEN (OLD.price IS DISTINCT FROM NEW.price) EXECUTE FUNCTION catalog_note_price();
            """,
            "DROP TRIGGER catalog_product_price ON catalog_product;",
        ),
        SqlFile(SQL / "price_facts.sql", undo=migrations.RunSQL.noop),
    ]
