from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0017_first_numbers_of_a_year'),
    ]

    operations = [
        migrations.AddField(
            model_name='cart',
            name='shows_code',
            field=models.BooleanField(default=False, help_text="The customer's display shows the code to pay by."),
        ),
    ]
