from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "pantrypal.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        # Celery loads tasks in workers only; the relay must know every consumer too.
        autodiscover_modules("tasks")
