"""Celery: the org travels as a message header and is entered again in the worker.

Signals, not Task.apply_async(): chains and chords publish their next step from the worker after the
task's body returned, still between prerun and postrun.
"""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.signals import before_task_publish, task_postrun, task_prerun
from django.db import transaction

from pantrypal.tenancy.context import current_org_id, org_scope


@before_task_publish.connect
def _send_org(headers: dict[str, Any], **kwargs: Any) -> None:
    if headers.get("org_id") is None:
        headers["org_id"] = current_org_id()


@task_prerun.connect
def _enter(task: Any, **kwargs: Any) -> None:
    org_id = task.request.get("org_id")
    if task.request.get("is_eager"):  # no message: headers are where they were put
        org_id = (task.request.get("headers") or {}).get("org_id", org_id)
    task.request.org_scope = org_scope(org_id)
    task.request.org_scope.__enter__()


@task_postrun.connect
def _leave(task: Any, **kwargs: Any) -> None:
    task.request.org_scope.__exit__(None, None, None)


class OrgTask(Task):  # type: ignore[type-arg]
    """One transaction per task of an org; `atomic=False`: the task opens its own (long work)."""

    atomic = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if current_org_id() is None or not self.atomic:
            return super().__call__(*args, **kwargs)
        with transaction.atomic():
            return super().__call__(*args, **kwargs)
