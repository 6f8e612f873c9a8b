from pathlib import Path

import django.db.models.deletion
import pantrypal.core.fields
import pantrypal.tenancy.context
import pantrypal.tenancy.fields
import pantrypal.tenancy.ids
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"

class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_initial'),
        ('inventory', '0003_suppliers'),
    ]

    operations = [
        migrations.CreateModel(
            name='StockAdjustment',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('store_id', models.UUIDField()),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('actor', models.CharField(editable=False, max_length=254, verbose_name='who')),
                ('at', models.DateTimeField(editable=False, verbose_name='when')),
            ],
            options={
                'verbose_name': 'stock adjustment',
                'verbose_name_plural': 'stock adjustments',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AlterField(
            model_name='stockmove',
            name='kind',
            field=models.CharField(choices=[('opening', 'Opening stock'), ('sale', 'Sale'), ('return', 'Return'), ('receipt', 'Receipt'), ('supplier_return', 'Supplier return'), ('transfer_out', 'Transfer out'), ('transfer_in', 'Transfer in'), ('count', 'Count'), ('damage', 'Damage'), ('expiry', 'Expired'), ('theft', 'Stolen or lost'), ('own_use', 'Own use'), ('adjustment', 'Adjustment'), ('revaluation', 'Cost corrected')], max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='StockAdjustmentLine',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('quantity', pantrypal.core.fields.QuantityField(decimal_places=3, help_text='Minus for what is gone.', max_digits=14, verbose_name='quantity')),
                ('kind', models.CharField(choices=[('adjustment', 'Correction'), ('damage', 'Damaged or spoilt'), ('expiry', 'Expired'), ('theft', 'Stolen or lost'), ('own_use', 'Own use')], default='adjustment', max_length=20, verbose_name='what for')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('adjustment', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='inventory.stockadjustment')),
                ('lot', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.lot', verbose_name='lot')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
            ],
            options={
                'verbose_name': 'line',
                'verbose_name_plural': 'lines',
                'ordering': ['position'],
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('org_id', 'adjustment', 'position'), name='inventory_adjustmentline_position')],
            },
        ),
        AppendOnly("inventory_stockadjustment"),
        AppendOnly("inventory_stockadjustmentline"),
        SqlFile(SQL / "lock_stock.sql", undo=migrations.RunSQL.noop),
        SqlFile(SQL / "issue_stock.sql", undo=migrations.RunSQL.noop),
        SqlFile(SQL / "add_stock.sql", undo=migrations.RunSQL.noop),
    ]
