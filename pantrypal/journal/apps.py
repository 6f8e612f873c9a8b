from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "pantrypal.journal"
    label = "journal"
    verbose_name = "Journal"
