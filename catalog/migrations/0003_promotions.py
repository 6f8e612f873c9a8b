from pathlib import Path

import catalog.models.promotion
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pantrypal.core.fields
import pantrypal.tenancy.context
import pantrypal.tenancy.fields
import pantrypal.tenancy.ids
from django.db import migrations, models

from pantrypal.tenancy.migration_ops import AppendOnly, SqlFile

SQL = Path(__file__).resolve().parents[1] / "sql"


def renews_price_rules(table):
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_price_rules AFTER INSERT OR UPDATE OR DELETE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION catalog_renew_price_rules();
        """,
        f"DROP TRIGGER {table}_price_rules ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_scale_labels'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceRulesVersion',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('version', models.UUIDField(default=pantrypal.tenancy.ids.uuid7)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('org_id',), name='catalog_pricerulesversion_once')],
            },
        ),
        migrations.CreateModel(
            name='Promotion',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('name', models.CharField(help_text='Customers read it on the bill.', max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=catalog.models.promotion.kind_choices, default='percent', max_length=12, verbose_name='what it does')),
                ('percent', pantrypal.core.fields.RateField(blank=True, decimal_places=3, help_text='Buy some, get some: off those that one gets, 100 for free.', max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='percent off')),
                ('amount', pantrypal.core.fields.MoneyField(blank=True, decimal_places=4, help_text='The amount off, or the price.', max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='amount')),
                ('buy', models.PositiveSmallIntegerField(blank=True, help_text='Any so many: how many.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999)], verbose_name='pieces to buy')),
                ('get', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999)], verbose_name='pieces to get')),
                ('least_spend', pantrypal.core.fields.MoneyField(blank=True, decimal_places=4, help_text='On its goods, at shelf prices. Empty: from the first rupee.', max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='from a spend of')),
                ('most_times', models.PositiveSmallIntegerField(blank=True, help_text='So many pieces or groups have it. Empty: all.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999)], verbose_name='at most, in one bill')),
                ('priority', models.SmallIntegerField(default=0, help_text='Among equals, and among those that come on top: higher first.', verbose_name='priority')),
                ('stackable', models.BooleanField(default=False, help_text='Off: of all such promotions each piece has the one that is best for the customer.', verbose_name='comes on top of others')),
                ('needs_coupon', models.BooleanField(default=False, verbose_name='needs a coupon')),
                ('stores', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, help_text='None: all stores.', size=None, verbose_name='stores')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='begins')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')]), blank=True, default=list, help_text='None: every day.', size=None, verbose_name='days of the week')),
                ('hours_from', models.TimeField(blank=True, help_text="By the store's clock.", null=True, verbose_name='from the hour')),
                ('hours_until', models.TimeField(blank=True, null=True, verbose_name='until the hour')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'promotion',
                'verbose_name_plural': 'promotions',
                'ordering': ['name'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['org_id', 'name', 'id'], name='catalog_promotion_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__isnull', True), models.Q(('percent__gte', 0), ('percent__lte', 100)), _connector='OR'), name='catalog_promotion_percent'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='catalog_promotion_amount')],
            },
        ),
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('code', models.CharField(max_length=24, validators=[django.core.validators.RegexValidator('^[A-Z0-9-]+$', 'Capital letters, figures and hyphens.')], verbose_name='code')),
                ('most_uses', models.PositiveIntegerField(blank=True, help_text='Empty: as often as one likes.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='uses')),
                ('used', models.PositiveIntegerField(default=0, editable=False, verbose_name='used')),
                ('promotion', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='coupons', to='catalog.promotion')),
            ],
            options={
                'verbose_name': 'coupon',
                'verbose_name_plural': 'coupons',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='PromotionTarget',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('role', models.CharField(choices=[('on', 'it is for'), ('reward', 'one gets'), ('except', 'but not')], default='on', max_length=6, verbose_name='role')),
                ('brand', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.brand', verbose_name='brand')),
                ('category', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category')),
                ('product', pantrypal.tenancy.fields.OrgForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product', verbose_name='product')),
                ('promotion', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='catalog.promotion')),
            ],
            options={
                'verbose_name': 'goods',
                'verbose_name_plural': 'goods',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='CouponUse',
            fields=[
                ('id', models.UUIDField(default=pantrypal.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('org_id', models.BigIntegerField(default=pantrypal.tenancy.context.require_org_id, editable=False)),
                ('document_id', models.UUIDField()),
                ('actor', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
                ('coupon', pantrypal.tenancy.fields.OrgForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='catalog.coupon')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('org_id', 'coupon', 'document_id'), name='catalog_couponuse_once')],
            },
        ),
        migrations.AddIndex(
            model_name='coupon',
            index=models.Index(fields=['org_id', 'promotion'], name='catalog_coupon_promotion'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.UniqueConstraint(fields=('org_id', 'code'), name='catalog_coupon_code'),
        ),
        migrations.AddIndex(
            model_name='promotiontarget',
            index=models.Index(fields=['org_id', 'promotion'], name='catalog_target_promotion'),
        ),
        migrations.AddConstraint(
            model_name='promotiontarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brand__isnull', True), ('category__isnull', True), ('product__isnull', False)), models.Q(('brand__isnull', True), ('category__isnull', False), ('product__isnull', True)), models.Q(('brand__isnull', False), ('category__isnull', True), ('product__isnull', True)), _connector='OR'), name='catalog_promotiontarget_one'),
        ),
        AppendOnly("catalog_couponuse"),
        SqlFile(SQL / "price_rules_version.sql", undo="DROP FUNCTION catalog_renew_price_rules();"),
        renews_price_rules("catalog_category"),
        renews_price_rules("catalog_taxrate"),
        renews_price_rules("catalog_promotion"),
        renews_price_rules("catalog_promotiontarget"),
        migrations.RunSQL(
            """
            INSERT INTO catalog_pricerulesversion (id, org_id, version)
            SELECT public.pantry_uuid7(), org_id, public.pantry_uuid7()
              FROM (SELECT DISTINCT org_id FROM catalog_taxrate) orgs;
            """,
            migrations.RunSQL.noop,
        ),
        SqlFile(SQL / "price_facts.sql", undo="DROP FUNCTION catalog_price_facts(uuid[], uuid, timestamptz, text[]);"),
        SqlFile(
            SQL / "use_coupons.sql", undo="DROP FUNCTION catalog_use_coupons(jsonb, boolean, uuid, text, timestamptz);"
        ),
    ]
