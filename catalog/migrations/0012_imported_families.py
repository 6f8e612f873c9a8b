from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0011_product_changes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importchange',
            name='kind',
            field=models.CharField(choices=[('product', 'product'), ('brand', 'brand'), ('category', 'category'), ('family', 'family of variants'), ('label', 'scale label')], max_length=8),
        ),
    ]
