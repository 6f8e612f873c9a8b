"""Migrations over many schemas in one process: the models of each step are rendered once, not once a schema.

Rendering is nine tenths of a migration's time, and what it makes does not depend on the schema. Every table of an
organization hangs on Organization, so Django renders nearly all of them again for each step; in an empty schema, where
nothing is altered that others point to, the one that changes is enough. Used by migrate_schemas and create_shard
through TENANT_BASE_MIGRATE_COMMAND.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

from django.core.management.commands import migrate
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

Step = tuple[frozenset[Any], str, str]  # what had been applied when the run began, app, migration


class Sparse(ProjectState):
    """Renders the model that changes. A step that runs Python finds all of them rendered anew, as is_delayed says."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_delayed = True

    def clone(self) -> ProjectState:
        copy = super().clone()
        copy.__class__ = Sparse
        return copy

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        return {(app_label, model_name.lower())}


class OnceRendered(MigrationExecutor):
    """Keeps the states between a migration's operations for the next schema that stood where this one stood."""

    _states: ClassVar[dict[Step, list[ProjectState]]] = {}

    def migrate(self, *args: Any, **options: Any) -> ProjectState:
        self._began = frozenset(self.loader.applied_migrations)
        return super().migrate(*args, **options)

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state: ProjectState = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        if not self.loader.applied_migrations:
            state.__class__, state.is_delayed = Sparse, True
        return state

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        states = self._states_of(migration, state)
        record: Callable[[Migration], None] = self.record_migration  # type: ignore[assignment]  # stubs of Django 3
        with self.connection.schema_editor(atomic=True) as editor:
            for operation, (before, after) in zip(migration.operations, pairwise(states), strict=True):
                operation.database_forwards(migration.app_label, editor, before, after)
            is_recorded = not editor.deferred_sql
            if is_recorded:
                record(migration)
        if not is_recorded:
            record(migration)
        if self.progress_callback:
            self.progress_callback("apply_success", migration, fake)
        return states[-1].clone()

    def _states_of(self, migration: Migration, state: ProjectState) -> list[ProjectState]:
        step = (self._began, migration.app_label, migration.name)
        if step not in self._states:
            states = [state.clone()]
            for operation in migration.operations:
                operation.state_forwards(migration.app_label, state)
                states.append(state.clone())
            self._states[step] = states
        return self._states[step]


class Command(migrate.Command):
    """Django's own, with that executor. It has no setting for it, so its module is told."""

    def handle(self, *args: Any, **options: Any) -> None:
        vars(migrate)["MigrationExecutor"] = OnceRendered
        super().handle(*args, **options)
