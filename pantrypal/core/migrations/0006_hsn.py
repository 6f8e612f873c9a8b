import json
from pathlib import Path

from django.db import migrations, models

NAMES = Path(__file__).resolve().parents[1] / "data" / "hsn.json"


def add_names(apps, schema_editor):
    HsnCode = apps.get_model("core", "HsnCode")
    names = json.loads(NAMES.read_text(encoding="utf-8"))
    HsnCode.objects.bulk_create(
        [HsnCode(code=code, name=name) for code, name in names.items()], ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_receipt_language'),
    ]

    operations = [
        migrations.CreateModel(
            name='HsnCode',
            fields=[
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, default='', max_length=120)),
                ('description', models.CharField(blank=True, default='', max_length=1000)),
            ],
            options={'ordering': ['code']},
        ),
        migrations.RunPython(add_names, migrations.RunPython.noop),
    ]
