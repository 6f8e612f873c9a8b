import django.db.models.deletion
import pantrypal.core.fields
import pantrypal.tenancy.context
import pantrypal.tenancy.fields
import pantrypal.tenancy.ids
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_search'),
        ('inventory', '0010_alerts'),
    ]

    operations = [
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('store_id', models.UUIDField()),
                ('number', models.CharField(editable=False, max_length=16, verbose_name='number')),
                ('title', models.CharField(blank=True, max_length=80, verbose_name='title')),
                ('scope', models.CharField(choices=[('full', 'The whole store'), ('category', 'One category'), ('cycle', 'What is scanned, and nothing else')], default='cycle', max_length=8, verbose_name='what is counted')),
                ('status', models.CharField(choices=[('open', 'Being counted'), ('posted', 'Posted'), ('cancelled', 'Cancelled')], default='open', editable=False, max_length=9, verbose_name='state')),
                ('started_at', models.DateTimeField(editable=False, verbose_name='started')),
                ('started_by', models.CharField(editable=False, max_length=254, verbose_name='started by')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                ('ended_by', models.CharField(blank=True, editable=False, max_length=254, verbose_name='ended by')),
                ('category', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category')),
            ],
            options={
                'verbose_name': 'stock count',
                'verbose_name_plural': 'stock counts',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=254)),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
                ('count', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.stockcount')),
            ],
            options={
                'verbose_name': 'recount',
                'verbose_name_plural': 'recounts',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='CountScan',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('quantity', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='quantity')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(max_length=254, verbose_name='who')),
                ('lot', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.lot', verbose_name='lot')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
                ('undoes', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.countscan')),
                ('count', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.stockcount')),
            ],
            options={
                'verbose_name': 'scan',
                'verbose_name_plural': 'scans',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='StockCountLine',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('position', models.PositiveIntegerField()),
                ('counted', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='counted')),
                ('expected', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='by the books')),
                ('variance', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='difference')),
                ('unit_cost', pantrypal.core.fields.UnitCostField(decimal_places=4, max_digits=14, verbose_name='unit cost')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('count', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='inventory.stockcount')),
                ('lot', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.lot', verbose_name='lot')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
            ],
            options={
                'verbose_name': 'line',
                'verbose_name_plural': 'lines',
                'ordering': ['position'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('store_id', models.UUIDField(verbose_name='from')),
                ('to_store_id', models.UUIDField(verbose_name='to')),
                ('number', models.CharField(editable=False, max_length=16, verbose_name='number')),
                ('status', models.CharField(choices=[('requested', 'Asked for'), ('sent', 'On its way'), ('received', 'Received'), ('cancelled', 'Cancelled')], default='requested', editable=False, max_length=9, verbose_name='state')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('requested_at', models.DateTimeField(editable=False, verbose_name='asked for')),
                ('requested_by', models.CharField(editable=False, max_length=254, verbose_name='asked for by')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent')),
                ('sent_by', models.CharField(blank=True, editable=False, max_length=254, verbose_name='sent by')),
                ('received_at', models.DateTimeField(editable=False, null=True, verbose_name='received')),
                ('received_by', models.CharField(blank=True, editable=False, max_length=254, verbose_name='received by')),
            ],
            options={
                'verbose_name': 'transfer',
                'verbose_name_plural': 'transfers',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['org_id', 'status'], name='inventory_transfer_status')],
                'constraints': [models.UniqueConstraint(fields=('org_id', 'number'), name='inventory_transfer_number'), models.CheckConstraint(condition=models.Q(('store_id', models.F('to_store_id')), _negated=True), name='inventory_transfer_goes_somewhere', violation_error_message='Please choose two different stores.')],
            },
        ),
        migrations.CreateModel(
            name='TransferLine',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('quantity', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='asked for')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
                ('transfer', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='inventory.transfer')),
            ],
            options={
                'verbose_name': 'line',
                'verbose_name_plural': 'lines',
                'ordering': ['position'],
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='TransferredGoods',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('quantity', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, verbose_name='sent')),
                ('unit_cost', pantrypal.core.fields.UnitCostField(decimal_places=4, max_digits=14, verbose_name='unit cost')),
                ('received', pantrypal.core.fields.QuantityField(decimal_places=3, max_digits=14, null=True, verbose_name='received')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why not all')),
                ('lot', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.lot', verbose_name='lot')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
                ('transfer', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='goods', to='inventory.transfer')),
            ],
            options={
                'verbose_name': 'transferred goods',
                'verbose_name_plural': 'transferred goods',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddIndex(
            model_name='stockcount',
            index=models.Index(fields=['org_id', 'store_id', 'status'], name='inventory_count_store'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.UniqueConstraint(fields=('org_id', 'number'), name='inventory_count_number'),
        ),
        migrations.AddIndex(
            model_name='recount',
            index=models.Index(fields=['org_id', 'count', 'product'], name='inventory_recount_count'),
        ),
        migrations.AddIndex(
            model_name='countscan',
            index=models.Index(fields=['org_id', 'count', 'product', 'at'], name='inventory_scan_count'),
        ),
        migrations.AddConstraint(
            model_name='countscan',
            constraint=models.UniqueConstraint(condition=models.Q(('undoes__isnull', False)), fields=('org_id', 'undoes'), name='inventory_scan_undone_once'),
        ),
        migrations.AddConstraint(
            model_name='stockcountline',
            constraint=models.UniqueConstraint(fields=('org_id', 'count', 'position'), name='inventory_countline_position'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(fields=('org_id', 'transfer', 'position'), name='inventory_transferline_position'),
        ),
        migrations.AddIndex(
            model_name='transferredgoods',
            index=models.Index(fields=['org_id', 'transfer'], name='inventory_transferred_of'),
        ),
        AppendOnly("inventory_countscan"),
        AppendOnly("inventory_stockcountline"),
    ]
