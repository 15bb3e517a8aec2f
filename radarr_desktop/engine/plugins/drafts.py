"""What a user wants an instance to be, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins import forms
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.plugins.live import Live
from radarr_desktop.engine.plugins.politeness import IndexerLimits
from radarr_desktop.plugin_api import LoginFailed, NotFound, PluginError, RateLimited, Rejected, Unreachable
from radarr_desktop.store.plugins import StoredInstance


@dataclass(frozen=True, slots=True)
class Draft:
    """What the user wants an instance to be; ``id`` 0 makes a new one."""

    kind: PluginKind
    implementation: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """With secrets in plain; ``********`` means "as it was"."""
    id: int = 0
    enabled: bool = True
    priority: int = 25
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A set-up service, as the window and the port show it: secrets are masked."""

    id: int
    kind: PluginKind
    implementation: str
    name: str
    enabled: bool
    priority: int
    tags: tuple[int, ...]
    settings: Mapping[str, Any]
    state: str
    """``ok``, ``failing``, ``broken`` (the user must act) or ``disabled``."""
    problem: str = ""
    disabled_until: datetime | None = None
    limits: IndexerLimits | None = field(default=None, compare=False)
    """Of an indexer that is on."""


def shown(stored: StoredInstance, live: Live[Any] | None, limits: IndexerLimits | None = None) -> Instance:
    """An instance for people."""
    return Instance(
        id=stored.id,
        kind=PluginKind(stored.kind),
        implementation=stored.implementation,
        name=stored.name,
        enabled=stored.enabled,
        priority=stored.priority,
        tags=stored.tags,
        settings={**stored.settings, **dict.fromkeys(stored.secrets, forms.MASK)},
        state=live.guard.state if live else ("broken" if stored.enabled else "disabled"),
        problem=live.guard.problem if live else stored.problem,
        disabled_until=live.guard.disabled_until if live else None,
        limits=limits,
    )


def check(draft: Draft, others: Mapping[int, StoredInstance], implementation: str) -> None:
    """Raise what the user has to change besides the settings."""
    if not draft.name.strip():
        raise Problem(Kind.BAD_INPUT, "The name is empty.", todo="Give it a name.", field="name")
    known = others.get(draft.id)
    if draft.id and known is None:
        raise Problem(Kind.NOT_FOUND, f"There is no plugin instance {draft.id}.")
    if known is not None and (known.kind, known.implementation) != (draft.kind.value, implementation):
        # or a masked secret could be sent on to another service
        what = f"“{known.name}” is a {known.implementation} and cannot become a {implementation}."
        raise Problem(Kind.CONFLICT, what, todo="Add a new one instead.", field="implementation")
    name = draft.name.strip().casefold()
    for other in others.values():
        if other.kind == draft.kind.value and other.id != draft.id and other.name.casefold() == name:
            what = f"“{draft.name.strip()}” is taken."
            raise Problem(Kind.CONFLICT, what, todo="Give it another name.", field="name")


def problem_of(error: PluginError) -> Problem:
    """What a service answered, as a problem of the verb that asked it."""
    kind = next((kind for kind, named in _KINDS.items() if isinstance(error, named)), Kind.REFUSED)
    return Problem(kind, str(error))


_KINDS: dict[Kind, type[PluginError]] = {
    Kind.LOGIN: LoginFailed,
    Kind.RATE_LIMITED: RateLimited,
    Kind.UNREACHABLE: Unreachable,
    Kind.NOT_FOUND: NotFound,
    Kind.REFUSED: Rejected,
}
