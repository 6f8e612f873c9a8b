from django.db import migrations

PLANS = [
    {"code": "starter", "name": "Starter", "max_stores": 1, "max_owners": 1, "max_managers": 3},
    {"code": "premium", "name": "Premium", "max_stores": None, "max_owners": None, "max_managers": None},
]


def add_plans(apps, schema_editor):
    Plan = apps.get_model("core", "Plan")
    for plan in PLANS:
        Plan.objects.get_or_create(code=plan["code"], defaults=plan)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_walls")]

    operations = [migrations.RunPython(add_plans, migrations.RunPython.noop)]
