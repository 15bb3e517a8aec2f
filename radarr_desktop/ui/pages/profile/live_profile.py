"""What the profile page knows and does by the engine: profiles, what was seen, the replay, saving."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.decisions.whatif import Proposal
from radarr_desktop.ui.models.forecast import forecast_of
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.profile.formats import FormatRow, PresetRow

_SETTLE_MS = 300


@dataclass(frozen=True)
class Facts:
    """What is known besides the profile itself."""

    users: int = 0
    samples: Mapping[int, Sequence[float]] = field(default_factory=dict)
    formats: tuple[FormatRow, ...] = ()
    presets: tuple[PresetRow, ...] = ()


class LiveProfile(QObject):
    """One replay at a time: a newer question ends the one before."""

    replaying = Signal(int, int)
    """Releases done, of how many."""
    replayed = Signal(object)
    """A `Forecast`."""
    failed = Signal(str)
    """The replay could not be made."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question: tuple[int, QualityProfile] | None = None
        self._task: asyncio.Task[Any] | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._replay)
        desk.bridge.happened.connect(self._on_event)

    async def profile(self, id: int) -> QualityProfile:
        """One as it is saved."""
        return await self._desk.bridge.call(self._desk.engine.profiles.get(id))

    async def preset(self, key: str) -> QualityProfile:
        """One made of a preset; not saved."""
        return await self._desk.bridge.call(self._desk.engine.profiles.preset(key))

    async def facts(self, id: int) -> Facts:
        """All but the counting of matches, which may take a moment."""
        engine, call = self._desk.engine, self._desk.bridge.call
        used = await call(engine.profiles.used())
        samples = await call(engine.seen.sizes())
        formats = await call(engine.formats.all())
        oddities = {one.format_id: one.sentence for one in await call(engine.formats.lint()) if one.format_id}
        rows = tuple(FormatRow(one.id, one.name, None, oddities.get(one.id, "")) for one in formats)
        presets = tuple(PresetRow(one.key, one.name, one.sentence) for one in engine.profiles.presets())
        return Facts(used.get(id, 0), samples, rows, presets)

    async def matches(self) -> Mapping[int, int]:
        """How many stored releases each custom format matches."""
        return await self._desk.bridge.call(self._desk.engine.seen.matches())

    async def save(self, profile: QualityProfile) -> QualityProfile:
        """Keep it; a new one gets its id."""
        profiles = self._desk.engine.profiles
        return await self._desk.bridge.call(profiles.update(profile) if profile.id else profiles.add(profile))

    async def remove(self, id: int) -> None:
        """Forget it; refused while a movie uses it."""
        await self._desk.bridge.call(self._desk.engine.profiles.remove(id))

    def ask(self, id: int, draft: QualityProfile) -> None:
        """What if this one decided in the place of that one? Asked when nothing was changed for a moment."""
        self._question = (id, draft)
        self._settle.start()

    def ask_nothing(self) -> None:
        """Nothing is changed any more."""
        self._question = None
        self._settle.stop()
        self._end()

    def _replay(self) -> None:
        self._end()
        if self._question is not None:
            self._task = self._desk.start(self._ask(*self._question))

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None

    async def _ask(self, id: int, draft: QualityProfile) -> None:
        self.replaying.emit(0, 0)
        engine, call = self._desk.engine, self._desk.bridge.call
        try:
            answer = await call(engine.whatif.replay(Proposal({id: draft})))
            free = await self._free_space()
        except Problem as problem:
            self.failed.emit(str(problem))
            return
        self.replayed.emit(forecast_of(answer, free))

    async def _free_space(self) -> int | None:
        """Of the root folder with the most room."""
        folders = await self._desk.bridge.call(self._desk.engine.folders.all())
        return max((one.free_space for one in folders if one.accessible), default=None)

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.WhatIfProgressed) and self._task is not None and not self._task.done():
            self.replaying.emit(event.done, event.total)
