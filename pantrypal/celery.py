"""The Celery app: workers of all queues share it."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pantrypal.settings")

app = Celery("pantrypal", task_cls="pantrypal.tenancy.celery:OrgTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
