from pathlib import Path

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
        ('inventory', '0005_purchase_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='StockSettings',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('costing', models.CharField(choices=[('average', 'Average cost'), ('fifo', 'First in, first out')], default='average', help_text='Holds for what comes and goes from now on; what is there keeps its value.', max_length=7, verbose_name='goods are valued at')),
            ],
            options={
                'verbose_name': 'stock settings',
                'verbose_name_plural': 'stock settings',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('org_id',), name='inventory_settings_once')],
            },
        ),
        migrations.CreateModel(
            name='CostLayer',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('quantity', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='left')),
                ('unit_cost', pantrypal.core.fields.UnitCostField(decimal_places=4, max_digits=14, verbose_name='unit cost')),
                ('level', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.stocklevel')),
            ],
            options={
                'verbose_name': 'cost layer',
                'verbose_name_plural': 'cost layers',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['org_id', 'level', 'id'], name='inventory_layer_level')],
            },
        ),
        SqlFile(SQL / "issue_stock.sql", undo=migrations.RunSQL.noop),
        SqlFile(SQL / "add_stock.sql", undo=migrations.RunSQL.noop),
    ]
