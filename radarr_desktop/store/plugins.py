"""Plugin instances: what the user set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from radarr_desktop.store.models import PluginInstanceRow


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """One set-up service; ``secrets`` names the settings whose values are in the keyring."""

    id: int
    kind: str
    implementation: str
    name: str
    enabled: bool = True
    priority: int = 25
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    problem: str = ""
    """Why it must not be used until the user changed it, e.g. a refused login."""


def all_instances() -> list[StoredInstance]:
    """Every instance, by id."""
    return [_instance(row) for row in PluginInstanceRow.select().order_by(PluginInstanceRow.id)]


def save(instance: StoredInstance) -> StoredInstance:
    """Insert (id 0) or change an instance."""
    columns = {
        "kind": instance.kind,
        "implementation": instance.implementation,
        "name": instance.name,
        "enabled": instance.enabled,
        "priority": instance.priority,
        "settings": dict(instance.settings),
        "secrets": instance.secrets,
        "tags": instance.tags,
        "problem": instance.problem,
    }
    if instance.id:
        PluginInstanceRow.update(**columns).where(PluginInstanceRow.id == instance.id).execute()
        return instance
    return _instance(PluginInstanceRow.create(**columns))


def set_problem(instance_id: int, problem: str) -> None:
    """Mark an instance, or (empty) clear the mark."""
    PluginInstanceRow.update(problem=problem).where(PluginInstanceRow.id == instance_id).execute()


def delete(instance_id: int) -> None:
    """Forget an instance."""
    PluginInstanceRow.delete().where(PluginInstanceRow.id == instance_id).execute()


def _instance(row: Any) -> StoredInstance:
    return StoredInstance(
        id=row.id,
        kind=row.kind,
        implementation=row.implementation,
        name=row.name,
        enabled=row.enabled,
        priority=row.priority,
        settings=row.settings,
        secrets=tuple(row.secrets),
        tags=tuple(row.tags),
        problem=row.problem,
    )
