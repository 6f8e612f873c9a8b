from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0018_code_on_display'),
    ]

    operations = [
        migrations.AddField(
            model_name='cart',
            name='checked_age',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='So old, at least, somebody has found the buyer to be; 0: nobody has looked.'),
        ),
    ]
