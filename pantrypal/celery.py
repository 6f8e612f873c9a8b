"""The Celery app: workers of all queues share it."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pantrypal.settings")

app = Celery("pantrypal", task_cls="pantrypal.tenancy.celery:OrgTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _keep_logging(**kwargs: Any) -> None:
    """Django has set logging up already; with somebody listening here Celery leaves it alone."""


@task_prerun.connect
def _name_in_logs(task: Any, task_id: str, **kwargs: Any) -> None:
    """Each line that a task logs says which task it was, and for which organization."""
    bind_contextvars(task=task.name, task_id=task_id, org_id=task.request.get("org_id"))


@task_postrun.connect
def _forget_name(**kwargs: Any) -> None:
    clear_contextvars()
