from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pantrypal.core"
    label = "core"
    verbose_name = "Organization"
